using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Statistics;

/// <summary>The lowest of the last prices, in quote currency; NaN until <c>period</c> bars were seen.</summary>
/// <param name="period">Bars, 1 or more.</param>
/// <param name="field">Which price.</param>
public sealed class RollingMin(int period, PriceField field = PriceField.Low) : BarIndicator(period)
{
    private readonly RollingExtreme _lowest = RollingExtreme.Lowest(period);

    protected override double Next(in Candle candle) => _lowest.Add(Price.Of(field, in candle));

    protected override void Visit(StateVisitor state) => _lowest.Visit(state);
}
