using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>
/// Fast less slow simple average of the middle between high and low, in quote currency; NaN until <c>slow</c> bars were seen.
/// Source: Williams, New Trading Dimensions (1998).
/// </summary>
public sealed class AwesomeOscillator : BarIndicator
{
    private readonly RollingSum _fast;
    private readonly RollingSum _slow;

    /// <param name="fast">Bars, 1 or more.</param>
    /// <param name="slow">Bars, more than <paramref name="fast"/>.</param>
    public AwesomeOscillator(int fast = 5, int slow = 34)
        : base(slow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(slow, fast);
        (_fast, _slow) = (new RollingSum(fast), new RollingSum(slow));
    }

    protected override double Next(in Candle candle)
    {
        var price = Price.Median(in candle);
        _fast.Add(price);
        _slow.Add(price);
        return _fast.Mean - _slow.Mean;
    }

    protected override void Visit(StateVisitor state)
    {
        _fast.Visit(state);
        _slow.Visit(state);
    }
}
