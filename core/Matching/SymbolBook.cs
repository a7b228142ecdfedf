using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Matching;

/// <summary>The resting orders of one symbol on the simulated exchange, its latest bar and what the account owns of it.</summary>
public sealed class SymbolBook
{
    private Candle _bar;

    internal SymbolBook(SymbolRules rules) => Rules = rules;

    public SymbolRules Rules
    {
        get;
        internal set
        {
            field = value;
            MinNotional = (double)value.MinNotional;
        }
    }

    /// <summary>That of the rules, with which every order is compared.</summary>
    internal double MinNotional { get; private set; }

    /// <summary>Orders that wait for the market.</summary>
    public int Resting => Orders.Count;

    /// <summary>Base currency owned.</summary>
    public decimal Owned { get; internal set; }

    /// <summary>Base currency that resting sells have locked.</summary>
    public decimal Locked { get; internal set; }

    internal List<RestingOrder> Orders { get; } = [];

    /// <summary>The bar by whose prices new orders are judged.</summary>
    internal ref readonly Candle Bar => ref _bar;

    internal void Show(in Candle bar) => _bar = bar;

    /// <summary>The price at which an order that is active from that moment finds the market; 0 before the first bar.</summary>
    internal double PriceAt(DateTime activeFrom) => Bar.OpenTime >= activeFrom ? Bar.Open : Bar.Close;

    /// <summary>
    /// The prices between which a bar trades with no resting order: a bar that stays above the one and below the other
    /// leaves the book as it is. The range is empty while an order waits for any price.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal (double Above, double Below) QuietRange()
    {
        var above = double.NegativeInfinity;
        var below = double.PositiveInfinity;
        foreach (ref readonly var order in CollectionsMarshal.AsSpan(Orders))
        {
            if (order.IsAtMarket) return (double.PositiveInfinity, double.NegativeInfinity);
            var isBuy = order.Side == OrderSide.Buy;
            if (order.HasStop && isBuy) below = Math.Min(below, order.Stop);
            if (order.HasStop && !isBuy) above = Math.Max(above, order.Stop);
            if (order.Limit > 0 && isBuy) above = Math.Max(above, order.Limit);
            if (order.Limit > 0 && !isBuy) below = Math.Min(below, order.Limit);
        }

        return (above, below);
    }
}
