using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volatility;

/// <summary>
/// Realised volatility from close to close: standard deviation (of the sample) of the logarithmic returns, as a share of the price
/// per bar; times the root of the bars of a year it is that of a year. NaN until <c>period + 1</c> closes were seen.
/// </summary>
public sealed class CloseToCloseVolatility : BarIndicator
{
    private readonly RollingMoments _returns;
    private readonly double _sample;
    private double _lastClose;

    /// <param name="period">Returns, 2 or more.</param>
    public CloseToCloseVolatility(int period = 20)
        : base(period + 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 2);
        (_returns, _sample) = (new RollingMoments(period), period / (period - 1.0));
    }

    protected override double Next(in Candle candle)
    {
        // Closes are above zero: a last close of zero is none.
        if (_lastClose > 0) _returns.Add(Math.Log(candle.Close / _lastClose));
        _lastClose = candle.Close;
        return Math.Sqrt(_returns.Variance * _sample);
    }

    protected override void Visit(StateVisitor state)
    {
        _returns.Visit(state);
        state.Visit(ref _lastClose);
    }
}
