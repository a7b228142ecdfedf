using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volume;

/// <summary>
/// Fast less slow exponential average of the accumulation and distribution line, in base currency; NaN until <c>slow</c> bars were
/// seen. Source: Chaikin (1980s).
/// </summary>
/// <remarks>Both averages begin with the line's first value, as in TA-Lib, not with a simple average.</remarks>
public sealed class ChaikinOscillator : BarIndicator
{
    private readonly ExponentialAverage _fast;
    private readonly ExponentialAverage _slow;
    private LongSum _line;
    private int _seen;

    /// <param name="fast">Bars, 1 or more.</param>
    /// <param name="slow">Bars, more than <paramref name="fast"/>.</param>
    public ChaikinOscillator(int fast = 3, int slow = 10)
        : base(slow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(slow, fast);
        (_fast, _slow) = (new ExponentialAverage(fast), new ExponentialAverage(slow));
    }

    protected override double Next(in Candle candle)
    {
        _line.Add(Price.CloseLocation(in candle) * candle.Volume);
        var difference = _fast.NextFromFirst(_line.Value) - _slow.NextFromFirst(_line.Value);
        if (_seen < WarmUp) _seen++;
        return _seen < WarmUp ? double.NaN : difference;
    }

    protected override void Visit(StateVisitor state)
    {
        _fast.Visit(state);
        _slow.Visit(state);
        _line.Visit(state);
        state.Visit(ref _seen);
    }
}
