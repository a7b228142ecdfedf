using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>
/// Double exponential moving average of the close, in quote currency: 2 EMA - EMA of EMA; NaN until <c>2 period - 1</c> closes
/// were seen. Source: Mulloy, Stocks &amp; Commodities 12:1 (1994).
/// </summary>
/// <param name="period">Bars, 1 or more.</param>
public sealed class Dema(int period) : BarIndicator((2 * period) - 1)
{
    private readonly ExponentialAverage _once = new(period);
    private readonly ExponentialAverage _twice = new(period);

    protected override double Next(in Candle candle)
    {
        var once = _once.Next(candle.Close);
        return double.IsNaN(once) ? once : (2 * once) - _twice.Next(once);
    }

    protected override void Visit(StateVisitor state)
    {
        _once.Visit(state);
        _twice.Visit(state);
    }
}
