using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Grains;

/// <summary>Turns the exchange's answer to a request into the report that the account books.</summary>
internal static class OrderAnswers
{
    /// <summary>Null when there is nothing to book: a cancellation that was accepted is reported once it has happened.</summary>
    public static ExecutionReport? ReportOf(OrderRequest request, OrderOutcome outcome)
    {
        var kind = (request.Kind, outcome.Kind) switch
        {
            (RequestKind.Place, OrderOutcomeKind.Accepted) => ReportKind.Accepted,
            (RequestKind.Place, OrderOutcomeKind.Rejected) => ReportKind.Rejected,
            (RequestKind.Cancel, OrderOutcomeKind.Accepted) => (ReportKind?)null,
            (RequestKind.Cancel, OrderOutcomeKind.Rejected) => ReportKind.CancelRejected,
            _ => ReportKind.Unknown,
        };
        return kind is null
            ? null
            : new ExecutionReport { Kind = kind.Value, OrderId = request.OrderId, Reason = outcome.Reason, IsLast = kind == ReportKind.Rejected, Time = request.ActiveFrom };
    }
}
