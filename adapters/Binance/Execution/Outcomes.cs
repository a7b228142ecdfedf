using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>What an error of the exchange means for the request that it answers.</summary>
internal static class Outcomes
{
    private const int FilterFailure = -1013;

    /// <summary>
    /// Of a placement. What did not leave, or was turned away for a reason of the moment, comes to nothing for an entry, whose price would be
    /// another one later; whatever covers or reduces a position stays open and is tried again, also while the symbol is not traded.
    /// </summary>
    public static OrderOutcome OfPlacement(BinanceError error, OrderPurpose purpose)
    {
        if (error.IsOutcomeUnknown) return OrderOutcome.Unknown;
        if (error.Kind == BinanceErrorKind.Rejected && (purpose == OrderPurpose.Entry || !Says(error, "Market is closed"))) return new OrderOutcome(OrderOutcomeKind.Rejected, ReasonOf(error));
        return purpose == OrderPurpose.Entry ? new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.NeverArrived) : OrderOutcome.Unknown;
    }

    /// <summary>By number and message, which alone tells many of them apart.</summary>
    public static RejectReason ReasonOf(BinanceError error) => error.Code == FilterFailure ? OfFilter(error.Message) : error.Message switch
    {
        _ when Says(error, "insufficient balance") => RejectReason.InsufficientBalance,
        _ when Says(error, "trigger immediately") || Says(error, "relationship of the prices") || Says(error, "immediately match") => RejectReason.WouldTriggerAtOnce,
        _ when Says(error, "Duplicate order") => RejectReason.DuplicateOrder,
        _ when Says(error, "Unknown order") || error.Code == Calls.AccountCalls.NoSuchOrder => RejectReason.UnknownOrder,
        _ when error.Code == -1121 => RejectReason.UnknownSymbol,
        _ when error.Code == -1111 && Says(error, "price") => RejectReason.BadPrice,
        _ when error.Code == -1111 => RejectReason.BadQuantity,
        _ => RejectReason.Refused,
    };

    private static RejectReason OfFilter(string message) => message switch
    {
        _ when message.Contains("NOTIONAL", StringComparison.Ordinal) => RejectReason.BelowMinNotional,
        _ when message.Contains("PRICE", StringComparison.Ordinal) || message.Contains("Invalid price", StringComparison.Ordinal) => RejectReason.BadPrice,
        _ when message.Contains("LOT_SIZE", StringComparison.Ordinal) || message.Contains("Invalid quantity", StringComparison.Ordinal) => RejectReason.BadQuantity,
        _ => RejectReason.Refused,
    };

    private static bool Says(BinanceError error, string words) => error.Message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
