using OrleansTrader.Adapters.Binance.Rest;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>What came of canceling one order and placing another: either half may have failed by itself.</summary>
public sealed record CancelReplace
{
    public HalfResult CancelResult { get; init; }

    public HalfResult NewOrderResult { get; init; }

    /// <summary>The order that was canceled; null when it was not.</summary>
    public ExchangeOrder? Canceled { get; init; }

    /// <summary>The order that was placed; null when it was not.</summary>
    public ExchangeOrder? Placed { get; init; }

    /// <summary>The exchange's number and words why the old order was not canceled; 0 when it was.</summary>
    public int CancelCode { get; init; }

    public string CancelMessage { get; init; } = "";

    /// <summary>The exchange's number and words why the new order was not placed; 0 when it was or was not tried.</summary>
    public int NewOrderCode { get; init; }

    public string NewOrderMessage { get; init; } = "";

    /// <summary>The refusal of the whole; null when both halves were done.</summary>
    public BinanceError? Error { get; init; }
}
