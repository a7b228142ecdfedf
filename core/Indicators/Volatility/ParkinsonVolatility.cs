using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volatility;

/// <summary>
/// Realised volatility from high and low, as a share of the price per bar; five times as efficient as from close to close, but
/// blind to gaps. NaN until <c>period</c> bars were seen. Source: Parkinson, Journal of Business 53:1 (1980).
/// </summary>
/// <param name="period">Bars, 1 or more.</param>
public sealed class ParkinsonVolatility(int period = 20) : BarIndicator(period)
{
    private static readonly double Scale = 1 / (4 * Math.Log(2));
    private readonly RollingSum _squares = new(period);

    protected override double Next(in Candle candle)
    {
        var range = Math.Log(candle.High / candle.Low);
        _squares.Add(range * range);
        return Math.Sqrt(Scale * _squares.Mean);
    }

    protected override void Visit(StateVisitor state) => _squares.Visit(state);
}
