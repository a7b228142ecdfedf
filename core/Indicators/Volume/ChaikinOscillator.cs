using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volume;

/// <summary>
/// Fast less slow exponential average of the accumulation and distribution line, in base currency; NaN until <c>slow</c> bars were
/// seen. Source: Chaikin (1980s).
/// </summary>
/// <remarks>
/// Both averages begin with the line's first value, as in TA-Lib, not with a simple average. How far each lies from the line
/// depends on the latest flows only, so the line itself, which grows without bound, is not needed. TA-Lib carries it, and loses
/// digits to its size where much is traded at low prices.
/// </remarks>
public sealed class ChaikinOscillator : BarIndicator
{
    private readonly double _fastWeight;
    private readonly double _slowWeight;
    private readonly bool _carriesLine;
    private double _line;
    private double _fast;
    private double _slow;
    private int _seen;

    /// <param name="fast">Bars, 1 or more.</param>
    /// <param name="slow">Bars, more than <paramref name="fast"/>.</param>
    /// <param name="zero">With TA-Lib's rule the line is carried as TA-Lib does, its rounding included.</param>
    public ChaikinOscillator(int fast = 3, int slow = 10, ZeroRule zero = ZeroRule.Exact)
        : base(slow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fast, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(slow, fast);
        (_fastWeight, _slowWeight) = (2.0 / (fast + 1), 2.0 / (slow + 1));
        _carriesLine = zero == ZeroRule.TaLib;
    }

    protected override double Next(in Candle candle)
    {
        var flow = Price.CloseLocation(in candle) * candle.Volume;
        if (_carriesLine) Carry(flow);
        else if (_seen > 0) (_fast, _slow) = ((_fast - flow) * (1 - _fastWeight), (_slow - flow) * (1 - _slowWeight));
        if (_seen < WarmUp) _seen++;
        return _seen < WarmUp ? double.NaN : _fast - _slow;
    }

    protected override void Visit(StateVisitor state)
    {
        state.Visit(ref _line);
        state.Visit(ref _fast);
        state.Visit(ref _slow);
        state.Visit(ref _seen);
    }

    private void Carry(double flow)
    {
        _line += flow;
        if (_seen == 0) (_fast, _slow) = (_line, _line);
        else (_fast, _slow) = ((_fastWeight * _line) + ((1 - _fastWeight) * _fast), (_slowWeight * _line) + ((1 - _slowWeight) * _slow));
    }
}
