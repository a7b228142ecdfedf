using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volume;

/// <summary>
/// On-balance volume, in base currency: volume added with a rising close and taken away with a falling one, begun with the first
/// bar's. Source: Granville, New Key to Stock Market Profits (1963).
/// </summary>
public sealed class Obv() : BarIndicator(warmUp: 1)
{
    private LongSum _volume;
    private double _lastClose;

    protected override double Next(in Candle candle)
    {
        // Before the first bar the last close is zero, so that its volume is added.
        if (candle.Close > _lastClose) _volume.Add(candle.Volume);
        else if (candle.Close < _lastClose) _volume.Add(-candle.Volume);
        _lastClose = candle.Close;
        return _volume.Value;
    }

    protected override void Visit(StateVisitor state)
    {
        _volume.Visit(state);
        state.Visit(ref _lastClose);
    }
}
