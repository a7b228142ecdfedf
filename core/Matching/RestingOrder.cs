using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Matching;

/// <summary>An order that the simulated exchange holds.</summary>
internal struct RestingOrder
{
    public OrderRequest Request;
    public decimal Traded;
    public decimal BudgetLeft;
    public DateTime LastTradeTime;

    /// <summary>The stop has been touched: what is left trades at the market.</summary>
    public bool IsTriggered;

    /// <summary>The target has begun to trade, so the stop is gone.</summary>
    public bool IsStopGone;

    // Compared with each bar; exact, since a price of a whole number of ticks has one nearest double.
    public double Stop;
    public double Limit;

    public readonly decimal Remaining => Request.Quantity - Traded;

    public readonly bool IsAtMarket => Request.Type == OrderType.Market || IsTriggered;

    public readonly bool HasStop => Stop > 0 && !IsStopGone;

    /// <summary>An order meets bars that open no earlier than it was placed, and each bar once.</summary>
    public readonly bool Meets(in Candle bar) => bar.OpenTime >= Request.ActiveFrom && bar.OpenTime > LastTradeTime;
}
