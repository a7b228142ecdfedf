using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volume;

/// <summary>
/// Fast less slow exponential average of the accumulation and distribution line, in base currency; NaN until <c>slow</c> bars were
/// seen. Source: Chaikin (1980s).
/// </summary>
/// <remarks>
/// Both averages begin with the line's first value, as in TA-Lib, not with a simple average. How far each lies from the line
/// depends on the latest flows only, so the line itself, which grows without bound, is not needed.
/// </remarks>
public sealed class ChaikinOscillator : BarIndicator
{
    private readonly double _fastKept;
    private readonly double _slowKept;
    private double _fast;
    private double _slow;
    private int _seen;

    /// <param name="fast">Bars, 1 or more.</param>
    /// <param name="slow">Bars, more than <paramref name="fast"/>.</param>
    public ChaikinOscillator(int fast = 3, int slow = 10)
        : base(slow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fast, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(slow, fast);
        (_fastKept, _slowKept) = (1 - (2.0 / (fast + 1)), 1 - (2.0 / (slow + 1)));
    }

    protected override double Next(in Candle candle)
    {
        var flow = _seen == 0 ? 0 : Price.CloseLocation(in candle) * candle.Volume;
        _fast = (_fast - flow) * _fastKept;
        _slow = (_slow - flow) * _slowKept;
        if (_seen < WarmUp) _seen++;
        return _seen < WarmUp ? double.NaN : _fast - _slow;
    }

    protected override void Visit(StateVisitor state)
    {
        state.Visit(ref _fast);
        state.Visit(ref _slow);
        state.Visit(ref _seen);
    }
}
