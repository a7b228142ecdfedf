using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>
/// Percentage price oscillator: by how many percent the fast exponential average of the close lies above the slow one; NaN until
/// <c>slow</c> closes were seen. Source: Appel's MACD in percent.
/// </summary>
/// <remarks>Both averages have their first value at the same bar, the slow one's first, as in TA-Lib.</remarks>
public sealed class Ppo : BarIndicator
{
    private readonly ExponentialAverage _fast;
    private readonly ExponentialAverage _slow;
    private readonly int _wait;
    private int _waited;

    /// <param name="fast">Bars, 1 or more.</param>
    /// <param name="slow">Bars, more than <paramref name="fast"/>.</param>
    public Ppo(int fast, int slow)
        : base(slow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(slow, fast);
        (_fast, _slow, _wait) = (new ExponentialAverage(fast), new ExponentialAverage(slow), slow - fast);
    }

    protected override double Next(in Candle candle)
    {
        var slow = _slow.Next(candle.Close);
        if (_waited < _wait)
        {
            _waited++;
            return double.NaN;
        }

        return 100 * (_fast.Next(candle.Close) - slow) / slow;
    }

    protected override void Visit(StateVisitor state)
    {
        _fast.Visit(state);
        _slow.Visit(state);
        state.Visit(ref _waited);
    }
}
