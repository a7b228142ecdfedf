using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Strategies.Volume;

/// <summary>
/// How far on-balance volume moved over the last bars, as a share of all their volume, -1 to 1; 0 where nothing was traded; NaN until
/// <c>period + 1</c> bars were seen. On-balance volume: Granville, New Key to Stock Market Profits (1963).
/// </summary>
/// <param name="period">Bars, 1 or more.</param>
public sealed class VolumeBalance(int period) : BarIndicator(period + 1)
{
    private readonly RollingSum _signed = new(period);
    private readonly RollingSum _all = new(period);
    private double _lastClose;

    protected override double Next(in Candle candle)
    {
        var lastClose = _lastClose;
        _lastClose = candle.Close;
        // The first bar has none before it that it could have risen from.
        if (lastClose == 0) return double.NaN;
        _signed.Add(Math.Sign(candle.Close - lastClose) * candle.Volume);
        _all.Add(candle.Volume);
        if (!_all.IsFull) return double.NaN;
        return _all.Sum > 0 ? _signed.Sum / _all.Sum : 0;
    }

    protected override void Visit(StateVisitor state)
    {
        _signed.Visit(state);
        _all.Visit(state);
        state.Visit(ref _lastClose);
    }
}
