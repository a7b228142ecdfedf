using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>
/// Williams' %R, -100 (at the lowest low) to 0 (at the highest high); 0 where both are equal; NaN until <c>period</c> bars were
/// seen. Source: Williams, How I Made One Million Dollars (1973).
/// </summary>
/// <param name="period">Bars, 1 or more.</param>
public sealed class WilliamsR(int period) : BarIndicator(period)
{
    private readonly RollingExtreme _highest = RollingExtreme.Highest(period);
    private readonly RollingExtreme _lowest = RollingExtreme.Lowest(period);

    protected override double Next(in Candle candle)
    {
        var (highest, lowest) = (_highest.Add(candle.High), _lowest.Add(candle.Low));
        if (double.IsNaN(highest)) return double.NaN;
        return highest > lowest ? -100 * ((highest - candle.Close) / (highest - lowest)) : 0;
    }

    protected override void Visit(StateVisitor state)
    {
        _highest.Visit(state);
        _lowest.Visit(state);
    }
}
