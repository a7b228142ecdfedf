using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volatility;

/// <summary>
/// Average true range in percent of the close; NaN until <c>period + 1</c> bars were seen. Source: Forman, Stocks &amp;
/// Commodities 24:5 (2006).
/// </summary>
/// <param name="period">Bars, 1 or more.</param>
/// <param name="zero">When the close counts as none; the share is then 0.</param>
public sealed class Natr(int period, ZeroRule zero = ZeroRule.Exact) : BarIndicator(period + 1)
{
    private readonly AverageRange _range = new(period);
    private readonly double _threshold = zero.Threshold();

    protected override double Next(in Candle candle)
    {
        var range = _range.Next(in candle);
        return double.IsNaN(range) || candle.Close > _threshold ? 100 * (range / candle.Close) : 0;
    }

    protected override void Visit(StateVisitor state) => _range.Visit(state);
}
