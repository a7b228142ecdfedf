using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volume;

/// <summary>
/// Average price weighted by volume since the start of the day in UTC, in quote currency; the typical price as long as nothing was
/// traded that day; known with the first bar. Source: Berkowitz, Logue and Noser, Journal of Finance 43:1 (1988).
/// </summary>
public sealed class SessionVwap() : BarIndicator(warmUp: 1)
{
    private WeightedPrice _average;
    private long _day;

    protected override double Next(in Candle candle)
    {
        var day = candle.OpenTime.Ticks / TimeSpan.TicksPerDay;
        if (day != _day)
        {
            _day = day;
            _average.Clear();
        }

        return _average.Add(in candle);
    }

    protected override void Visit(StateVisitor state)
    {
        _average.Visit(state);
        state.Visit(ref _day);
    }
}
