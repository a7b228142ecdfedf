using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>Linearly weighted moving average of the close, in quote currency, the newest close weighing most; NaN until <c>period</c> closes were seen.</summary>
/// <param name="period">Bars, 1 or more.</param>
public sealed class Wma(int period) : BarIndicator(period)
{
    private readonly RollingWeightedSum _closes = new(period);

    protected override double Next(in Candle candle)
    {
        _closes.Add(candle.Close);
        return _closes.Mean;
    }

    protected override void Visit(StateVisitor state) => _closes.Visit(state);
}
