using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>
/// Lane's slow stochastic, 0 to 100: where the close lies between the lowest low and the highest high, smoothed (%K) and
/// smoothed again (%D); 0 where both are equal; NaN until <c>period + smooth + signal - 2</c> bars were seen. Source: Lane (1950s).
/// </summary>
public sealed class Stochastic : BarIndicator
{
    private readonly RollingExtreme _highest;
    private readonly RollingExtreme _lowest;
    private readonly RollingSum _fast;
    private readonly RollingSum _slow;

    /// <param name="period">Bars of the range, 1 or more.</param>
    /// <param name="smooth">Bars of the simple average that makes %K, 1 or more.</param>
    /// <param name="signal">Bars of the simple average that makes %D, 1 or more.</param>
    public Stochastic(int period, int smooth, int signal)
        : base(period + smooth + signal - 2, nameof(K))
    {
        (_highest, _lowest) = (RollingExtreme.Highest(period), RollingExtreme.Lowest(period));
        (_fast, _slow) = (new RollingSum(smooth), new RollingSum(signal));
        D = Adds(nameof(D), WarmUp);
    }

    public Output K => Main;

    /// <summary>The average of %K.</summary>
    public Output D { get; }

    protected override double Next(in Candle candle)
    {
        var (highest, lowest) = (_highest.Add(candle.High), _lowest.Add(candle.Low));
        if (double.IsNaN(highest)) return double.NaN;
        _fast.Add(highest > lowest ? 100 * ((candle.Close - lowest) / (highest - lowest)) : 0);
        if (!_fast.IsFull) return double.NaN;
        _slow.Add(_fast.Mean);
        Set(D, _slow.Mean);
        return _slow.IsFull ? _fast.Mean : double.NaN;
    }

    protected override void Visit(StateVisitor state)
    {
        _highest.Visit(state);
        _lowest.Visit(state);
        _fast.Visit(state);
        _slow.Visit(state);
    }
}
