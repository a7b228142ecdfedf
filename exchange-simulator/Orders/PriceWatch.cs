using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>Waits for the price of a contingent order: a fixed one, or one that follows the market at a distance.</summary>
internal sealed class PriceWatch
{
    private const decimal BasisPoints = 10_000;

    private readonly EngineOrder? _fixed;
    private readonly bool _isRise;
    private readonly decimal _delta;
    private decimal _extreme;

    private PriceWatch(EngineOrder? trigger, bool isRise, decimal delta) => (_fixed, _isRise, _delta) = (trigger, isRise, delta);

    /// <summary>When it began to follow the market; null until then, and for a fixed price.</summary>
    public DateTime? Following { get; private set; }

    /// <summary>True when the order goes off as the price rises: a stop that buys, a profit that sells.</summary>
    public static bool IsRise(OrderKind kind, OrderSide side) => (kind is OrderKind.StopLoss or OrderKind.StopLossLimit) == (side == OrderSide.Buy);

    /// <summary>Null when the price has come already.</summary>
    public static PriceWatch? For(SymbolMarket market, OrderDraft draft)
    {
        // An order that follows buys when the price rises from its low, and sells when it falls from its high, whatever its kind.
        var isRise = draft.TrailingDelta > 0 ? draft.Side == OrderSide.Buy : IsRise(draft.Kind, draft.Side);
        if (draft.StopPrice == 0) return new PriceWatch(null, isRise, draft.TrailingDelta);
        var (isFromBelow, last) = (IsRise(draft.Kind, draft.Side), market.Last);
        // To the engine a price that has come is one that was passed; a tick before it, it waits for the next trade.
        if (last == draft.StopPrice && !market.Assumptions.EqualStopTriggers) last += isFromBelow ? -market.Rules.TickSize : market.Rules.TickSize;
        var trigger = EngineOrder.Trigger(market.Rules, isFromBelow, draft.StopPrice, last);
        return trigger.IsAccepted ? new PriceWatch(trigger, isRise, draft.TrailingDelta) : null;
    }

    /// <summary>The price at which the order goes off when the market goes from one to the other; null when it does not.</summary>
    public decimal? Reach(decimal from, decimal to, DateTime time)
    {
        if (_delta == 0) return _fixed!.Reach(from, to);
        if (Following is null)
        {
            if (_fixed is not null && _fixed.Reach(from, to) is null) return null;
            (_extreme, Following) = (to, time);
            return null;
        }

        _extreme = _isRise ? Math.Min(_extreme, to) : Math.Max(_extreme, to);
        var share = _delta / BasisPoints;
        var isThere = _isRise ? to >= _extreme * (1 + share) : to <= _extreme * (1 - share);
        return isThere ? to : null;
    }
}
