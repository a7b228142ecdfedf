using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>
/// Triple exponential moving average of the close, in quote currency: 3 EMA - 3 EMA² + EMA³; NaN until <c>3 period - 2</c> closes
/// were seen. Source: Mulloy, Stocks &amp; Commodities 12:2 (1994).
/// </summary>
/// <param name="period">Bars, 1 or more.</param>
public sealed class Tema(int period) : BarIndicator((3 * period) - 2)
{
    private readonly ExponentialAverage _once = new(period);
    private readonly ExponentialAverage _twice = new(period);
    private readonly ExponentialAverage _thrice = new(period);

    protected override double Next(in Candle candle)
    {
        var once = _once.Next(candle.Close);
        if (double.IsNaN(once)) return once;
        var twice = _twice.Next(once);
        return double.IsNaN(twice) ? twice : (3 * (once - twice)) + _thrice.Next(twice);
    }

    protected override void Visit(StateVisitor state)
    {
        _once.Visit(state);
        _twice.Visit(state);
        _thrice.Visit(state);
    }
}
