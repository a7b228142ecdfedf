using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>
/// Moving average of the close weighted by volume, in quote currency; the simple average where nothing was traded; NaN until
/// <c>period</c> bars were seen. Source: Arms, Volume Cycles in the Stock Market (1983).
/// </summary>
/// <param name="period">Bars, 1 or more.</param>
public sealed class Vwma(int period) : BarIndicator(period)
{
    private readonly RollingSum _closes = new(period);
    private readonly RollingSum _values = new(period);
    private readonly RollingSum _volumes = new(period);

    protected override double Next(in Candle candle)
    {
        _closes.Add(candle.Close);
        _values.Add(candle.Close * candle.Volume);
        _volumes.Add(candle.Volume);
        return _closes.IsFull && _volumes.Sum > 0 ? _values.Sum / _volumes.Sum : _closes.Mean;
    }

    protected override void Visit(StateVisitor state)
    {
        _closes.Visit(state);
        _values.Visit(state);
        _volumes.Visit(state);
    }
}
