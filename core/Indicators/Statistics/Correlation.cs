using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Statistics;

/// <summary>
/// Pearson's correlation of two prices of the last bars, -1 to 1; 0 where one of them does not vary; NaN until <c>period</c> bars
/// were seen.
/// </summary>
/// <param name="period">Bars, 2 or more.</param>
/// <param name="first">One price.</param>
/// <param name="second">The other one.</param>
/// <param name="zero">When the product of both sums of squares counts as none.</param>
public sealed class Correlation(int period, PriceField first = PriceField.High, PriceField second = PriceField.Low, ZeroRule zero = ZeroRule.Exact)
    : BarIndicator(period)
{
    private readonly RollingPair _prices = new(period);
    private readonly double _threshold = zero.Threshold();

    protected override double Next(in Candle candle)
    {
        _prices.Add(Price.Of(first, in candle), Price.Of(second, in candle));
        return _prices.Correlation(_threshold);
    }

    protected override void Visit(StateVisitor state) => _prices.Visit(state);
}
