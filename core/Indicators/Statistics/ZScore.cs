using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Statistics;

/// <summary>
/// How many standard deviations (of the population) the close lies above its average; 0 where it does not vary; NaN until
/// <c>period</c> closes were seen.
/// </summary>
/// <param name="period">Bars, 2 or more.</param>
public sealed class ZScore(int period) : BarIndicator(period)
{
    private readonly RollingMoments _closes = new(period);

    protected override double Next(in Candle candle)
    {
        _closes.Add(candle.Close);
        var variance = _closes.Variance;
        return variance <= 0 ? 0 : (candle.Close - _closes.Mean) / Math.Sqrt(variance);
    }

    protected override void Visit(StateVisitor state) => _closes.Visit(state);
}
