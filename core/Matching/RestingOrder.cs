using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Matching;

/// <summary>An order that the simulated exchange holds. It keeps no reference, so that a book moves it without write barriers.</summary>
internal struct RestingOrder(in OrderRequest request)
{
    public readonly long OrderId = request.OrderId;
    public readonly DateTime ActiveFrom = request.ActiveFrom;
    public readonly decimal Quantity = request.Quantity;
    public readonly decimal LimitPrice = request.LimitPrice;
    public decimal Traded = 0;
    public decimal BudgetLeft = request.Budget;
    public DateTime LastTradeTime = default;

    // Compared with each bar; exact, since a price of a whole number of ticks has one nearest double.
    public readonly double Stop = PriceOf(request.StopPrice);
    public readonly double Limit = PriceOf(request.LimitPrice);
    public readonly OrderSide Side = request.Side;
    public readonly OrderType Type = request.Type;

    /// <summary>The stop has begun to trade: what is left trades at the market.</summary>
    public bool IsTriggered = false;

    /// <summary>The target has begun to trade, so the stop is gone.</summary>
    public bool IsStopGone = false;

    public readonly decimal Remaining => Exact.Minus(Quantity, Traded);

    /// <summary>A market buy that spends a budget rather than buy a quantity.</summary>
    public readonly bool IsByBudget => Exact.IsZero(Quantity);

    public readonly bool IsAtMarket => Type == OrderType.Market || IsTriggered;

    public readonly bool HasStop => Stop > 0 && !IsStopGone;

    /// <summary>An order meets bars that open no earlier than it was placed, and each bar once.</summary>
    public readonly bool Meets(in Candle bar) => bar.OpenTime >= ActiveFrom && bar.OpenTime > LastTradeTime;

    // Most orders are at the market and have neither.
    private static double PriceOf(in decimal price) => Exact.IsZero(price) ? 0 : (double)price;
}
