using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>
/// Percentage price oscillator: by how many percent the fast exponential average of the close lies above the slow one; NaN until
/// <c>slow</c> closes were seen. Source: Appel's MACD in percent.
/// </summary>
/// <remarks>Each average begins with its own first bars, as in TA-Lib, which does otherwise for its MACD.</remarks>
public sealed class Ppo : BarIndicator
{
    private readonly ExponentialAverage _fast;
    private readonly ExponentialAverage _slow;
    private readonly double _threshold;

    /// <param name="fast">Bars, 1 or more.</param>
    /// <param name="slow">Bars, more than <paramref name="fast"/>.</param>
    /// <param name="zero">When the slow average counts as none; the oscillator is then 0.</param>
    public Ppo(int fast, int slow, ZeroRule zero = ZeroRule.Exact)
        : base(slow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(slow, fast);
        (_fast, _slow, _threshold) = (new ExponentialAverage(fast), new ExponentialAverage(slow), zero.Threshold());
    }

    protected override double Next(in Candle candle)
    {
        var (fast, slow) = (_fast.Next(candle.Close), _slow.Next(candle.Close));
        return slow <= _threshold ? 0 : 100 * (fast - slow) / slow;
    }

    protected override void Visit(StateVisitor state)
    {
        _fast.Visit(state);
        _slow.Visit(state);
    }
}
