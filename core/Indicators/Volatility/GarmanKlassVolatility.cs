using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volatility;

/// <summary>
/// Realised volatility from open, high, low and close, as a share of the price per bar; seven times as efficient as from close to
/// close, but blind to gaps. NaN until <c>period</c> bars were seen. Source: Garman and Klass, Journal of Business 53:1 (1980).
/// </summary>
/// <param name="period">Bars, 1 or more.</param>
public sealed class GarmanKlassVolatility(int period = 20) : BarIndicator(period)
{
    private static readonly double BodyWeight = (2 * Math.Log(2)) - 1;
    private readonly RollingSum _variances = new(period);

    protected override double Next(in Candle candle)
    {
        var range = Math.Log(candle.High / candle.Low);
        var body = Math.Log(candle.Close / candle.Open);
        _variances.Add((0.5 * range * range) - (BodyWeight * body * body));
        return Math.Sqrt(_variances.Mean);
    }

    protected override void Visit(StateVisitor state) => _variances.Visit(state);
}
