using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Ports;

/// <summary>The exchange as one account sees it. Outcomes are values; only a broken program throws.</summary>
public interface IExchange
{
    /// <summary>Sends one request.</summary>
    ValueTask<OrderOutcome> SendAsync(OrderRequest request, CancellationToken cancellation);

    /// <summary>Looks an order up by the account's number: accepted, rejected (it never arrived) or unknown (cannot be told now).</summary>
    ValueTask<OrderOutcome> FindAsync(OrderRequest request, CancellationToken cancellation);

    /// <summary>Takes the reports that have arrived since the last call, in the order of arrival.</summary>
    IReadOnlyList<ExecutionReport> TakeReports();
}
