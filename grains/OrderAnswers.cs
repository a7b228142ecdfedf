using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Grains;

/// <summary>Turns the exchange's answers to a request into the reports that the account books.</summary>
internal static class OrderAnswers
{
    /// <summary>
    /// Null when there is nothing to book: a cancellation that was accepted is reported once it has happened, and one of which
    /// nobody knows says nothing about its order.
    /// </summary>
    /// <param name="time">When the exchange answered, UTC.</param>
    public static ExecutionReport? ReportOf(OrderRequest request, OrderOutcome outcome, DateTime time) => (request.Kind, outcome.Kind) switch
    {
        (RequestKind.Place, OrderOutcomeKind.Accepted) => AcceptanceOf(request, time),
        // The exchange has it: a refusal to take it twice is no refusal of the order.
        (RequestKind.Place, OrderOutcomeKind.Rejected) when outcome.Reason == RejectReason.DuplicateOrder => AcceptanceOf(request, time),
        (RequestKind.Place, OrderOutcomeKind.Rejected) => Report(request, ReportKind.Rejected, time) with { Reason = outcome.Reason, IsLast = true },
        (RequestKind.Place, _) => Report(request, ReportKind.Unknown, time),
        (_, OrderOutcomeKind.Rejected) => Report(request, ReportKind.CancelRejected, time) with { Reason = outcome.Reason },
        _ => null,
    };

    /// <summary>The exchange has the order.</summary>
    public static ExecutionReport AcceptanceOf(OrderRequest request, DateTime time) => Report(request, ReportKind.Accepted, time);

    private static ExecutionReport Report(OrderRequest request, ReportKind kind, DateTime time) => new() { Kind = kind, OrderId = request.OrderId, Time = time };
}
