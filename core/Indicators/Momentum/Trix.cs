using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>
/// Change from bar to bar, in percent, of the close averaged exponentially three times; NaN until <c>3 period - 1</c> closes were
/// seen. Source: Hutson, Good Trix, Stocks &amp; Commodities 1:5 (1983).
/// </summary>
/// <param name="period">Bars, 1 or more.</param>
public sealed class Trix(int period) : BarIndicator((3 * period) - 1)
{
    private readonly ExponentialAverage _once = new(period);
    private readonly ExponentialAverage _twice = new(period);
    private readonly ExponentialAverage _thrice = new(period);
    private double _last;

    protected override double Next(in Candle candle)
    {
        var average = _once.Next(candle.Close);
        if (!double.IsNaN(average)) average = _twice.Next(average);
        if (!double.IsNaN(average)) average = _thrice.Next(average);
        if (double.IsNaN(average)) return average;

        // Averages of prices are above zero: a last one of zero is none.
        var change = _last > 0 ? ((average / _last) - 1) * 100 : double.NaN;
        _last = average;
        return change;
    }

    protected override void Visit(StateVisitor state)
    {
        _once.Visit(state);
        _twice.Visit(state);
        _thrice.Visit(state);
        state.Visit(ref _last);
    }
}
