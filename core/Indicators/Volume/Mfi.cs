using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volume;

/// <summary>
/// Money flow index, 0 to 100: the share of what was traded at a rising typical price in what was traded at a changing one; 0 where
/// that is nothing; NaN until <c>period + 1</c> bars were seen. Source: Quong and Soudack, Stocks &amp; Commodities 7:3 (1989).
/// </summary>
/// <param name="period">Bars, 1 or more.</param>
/// <param name="zero">When a flow counts as none; for TA-Lib that is one below 1 in quote currency.</param>
public sealed class Mfi(int period, ZeroRule zero = ZeroRule.Exact) : BarIndicator(period + 1)
{
    private readonly RollingSum _rising = new(period);
    private readonly RollingSum _falling = new(period);
    private double _lastPrice;

    protected override double Next(in Candle candle)
    {
        var (price, lastPrice) = (Price.Typical(in candle), _lastPrice);
        _lastPrice = price;

        // Prices are above zero: a last one of zero is none.
        if (!(lastPrice > 0)) return double.NaN;
        var flow = price * candle.Volume;
        _rising.Add(price > lastPrice ? flow : 0);
        _falling.Add(price < lastPrice ? flow : 0);
        return _rising.IsFull ? Share(_rising.Sum, _rising.Sum + _falling.Sum) : double.NaN;
    }

    protected override void Visit(StateVisitor state)
    {
        _rising.Visit(state);
        _falling.Visit(state);
        state.Visit(ref _lastPrice);
    }

    private double Share(double rising, double all)
    {
        var isNothing = zero == ZeroRule.TaLib ? all < 1 : all <= 0;
        return isNothing ? 0 : 100 * (rising / all);
    }
}
