using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volatility;

/// <summary>
/// Choppiness index: the way that the price went against the range that it covered, on a logarithmic scale, 0 (straight) to 100
/// (sideways), and above where a gap leads into the range; 100 for a price that covered none; NaN until <c>period + 1</c> bars
/// were seen. Source: Dreiss (1993).
/// </summary>
public sealed class Choppiness : BarIndicator
{
    private readonly RollingSum _ranges;
    private readonly RollingExtreme _highest;
    private readonly RollingExtreme _lowest;
    private readonly double _scale;
    private double _lastClose;

    /// <param name="period">Bars, 2 or more: the logarithm of one bar is nothing to divide by.</param>
    public Choppiness(int period)
        : base(period + 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 2);
        (_ranges, _highest, _lowest) = (new RollingSum(period), RollingExtreme.Highest(period), RollingExtreme.Lowest(period));
        _scale = 100 / Math.Log(period);
    }

    protected override double Next(in Candle candle)
    {
        var covered = _highest.Add(candle.High) - _lowest.Add(candle.Low);

        // Closes are above zero: a last close of zero is none.
        if (_lastClose > 0) _ranges.Add(Price.TrueRange(in candle, _lastClose));
        _lastClose = candle.Close;
        if (!_ranges.IsFull) return double.NaN;
        return covered > 0 ? _scale * Math.Log(_ranges.Sum / covered) : 100;
    }

    protected override void Visit(StateVisitor state)
    {
        _ranges.Visit(state);
        _highest.Visit(state);
        _lowest.Visit(state);
        state.Visit(ref _lastClose);
    }
}
