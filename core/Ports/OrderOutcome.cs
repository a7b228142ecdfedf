using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Ports;

/// <summary>What became of a request to the exchange. The zero value is the unsafe one.</summary>
public enum OrderOutcomeKind : byte
{
    /// <summary>It may or may not have arrived; it must be looked up and never be sent again blindly.</summary>
    Unknown,
    Accepted,
    Rejected,
}

/// <summary>The answer to one request.</summary>
public readonly record struct OrderOutcome(OrderOutcomeKind Kind, RejectReason Reason = RejectReason.None)
{
    public static OrderOutcome Unknown => default;

    public static OrderOutcome Accepted => new(OrderOutcomeKind.Accepted);
}
