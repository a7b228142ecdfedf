using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Ports;

/// <summary>The exchange as one account sees it. Outcomes are values; only a broken program throws.</summary>
public interface IExchange
{
    /// <summary>Sends one request. A cancellation may be sent again at any time; a placement only once it is certain that it never arrived.</summary>
    ValueTask<OrderOutcome> SendAsync(OrderRequest request, CancellationToken cancellation);

    /// <summary>
    /// Looks an order up by the account's number. Accepted: it arrived, and whatever has become of it since, its trades and its
    /// end, is among the reports (again). Rejected: it never arrived and never will. Unknown: cannot be told now.
    /// </summary>
    ValueTask<OrderOutcome> FindAsync(OrderRequest request, CancellationToken cancellation);

    /// <summary>Takes the reports that have arrived since the last call, in the order of arrival.</summary>
    IReadOnlyList<ExecutionReport> TakeReports();
}
