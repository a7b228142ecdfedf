using Microsoft.Extensions.Logging;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>An account that is looked at and never traded with: what would be sent is written into the log and refused, whatever it is.</summary>
public sealed partial class DryRunExchange(ILiveExchange inner, ILogger<DryRunExchange> log) : ILiveExchange
{
    public ValueTask<OrderOutcome> SendAsync(OrderRequest request, CancellationToken cancellation)
    {
        // Nothing of it can rest there.
        if (request.Kind == RequestKind.Cancel)
        {
            LogCancellation(log, request.OrderId, request.Symbol);
            return ValueTask.FromResult(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.UnknownOrder));
        }

        LogOrder(log, request.OrderId, request.Purpose, request.Side, request.Type, request.Symbol, request.Quantity, request.Budget, request.LimitPrice, request.StopPrice);
        return ValueTask.FromResult(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.DryRun));
    }

    public ValueTask<OrderOutcome> FindAsync(OrderRequest request, CancellationToken cancellation) => inner.FindAsync(request, cancellation);

    public IReadOnlyList<ExecutionReport> TakeReports() => inner.TakeReports();

    public DateTime Now => inner.Now;

    public string? Failure => inner.Failure;

    public string? Silence => inner.Silence;

    public void Listen(Action heard) => inner.Listen(heard);

    public bool TakeDoubt() => inner.TakeDoubt();

    public ValueTask<ExchangePicture?> LookAsync(CancellationToken cancellation) => inner.LookAsync(cancellation);

    [LoggerMessage(LogLevel.Information, "Dry run, not sent: order {OrderId}, {Purpose}, {Side} {Type} {Symbol}, quantity {Quantity}, budget {Budget}, limit {Limit}, stop {Stop}")]
    private static partial void LogOrder(ILogger logger, long orderId, OrderPurpose purpose, OrderSide side, OrderType type, string symbol, decimal quantity, decimal budget, decimal limit, decimal stop);

    [LoggerMessage(LogLevel.Information, "Dry run, not sent: cancellation of order {OrderId} for {Symbol}")]
    private static partial void LogCancellation(ILogger logger, long orderId, string symbol);
}
