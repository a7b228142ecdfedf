using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Grains;

/// <summary>Turns the exchange's answer to a request into the report that the account books.</summary>
internal static class OrderAnswers
{
    /// <summary>
    /// Null when there is nothing to book: a cancellation that was accepted is reported once it has happened, and one of which
    /// nobody knows says nothing about its order.
    /// </summary>
    public static ExecutionReport? ReportOf(OrderRequest request, OrderOutcome outcome)
    {
        var kind = (request.Kind, outcome.Kind) switch
        {
            (RequestKind.Place, OrderOutcomeKind.Accepted) => ReportKind.Accepted,
            // The exchange has it: a refusal to take it twice is no refusal of the order.
            (RequestKind.Place, OrderOutcomeKind.Rejected) when outcome.Reason == RejectReason.DuplicateOrder => ReportKind.Accepted,
            (RequestKind.Place, OrderOutcomeKind.Rejected) => ReportKind.Rejected,
            (RequestKind.Place, _) => ReportKind.Unknown,
            (_, OrderOutcomeKind.Rejected) => ReportKind.CancelRejected,
            _ => (ReportKind?)null,
        };
        return kind is null
            ? null
            : new ExecutionReport { Kind = kind.Value, OrderId = request.OrderId, Reason = kind == ReportKind.Accepted ? RejectReason.None : outcome.Reason, IsLast = kind == ReportKind.Rejected, Time = request.ActiveFrom };
    }

    /// <summary>The exchange has the order.</summary>
    public static ExecutionReport AcceptanceOf(OrderRequest request) =>
        new() { Kind = ReportKind.Accepted, OrderId = request.OrderId, Time = request.ActiveFrom };

    /// <summary>The order never reached the exchange, and is not wanted any more.</summary>
    public static ExecutionReport WithdrawalOf(OrderRequest request) =>
        new() { Kind = ReportKind.Canceled, OrderId = request.OrderId, Time = request.ActiveFrom, IsLast = true };
}
