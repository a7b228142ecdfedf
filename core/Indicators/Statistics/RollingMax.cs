using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Statistics;

/// <summary>The highest of the last prices, in quote currency; NaN until <c>period</c> bars were seen.</summary>
/// <param name="period">Bars, 1 or more.</param>
/// <param name="field">Which price.</param>
public sealed class RollingMax(int period, PriceField field = PriceField.High) : BarIndicator(period)
{
    private readonly RollingExtreme _highest = RollingExtreme.Highest(period);

    protected override double Next(in Candle candle) => _highest.Add(Price.Of(field, in candle));

    protected override void Visit(StateVisitor state) => _highest.Visit(state);
}
