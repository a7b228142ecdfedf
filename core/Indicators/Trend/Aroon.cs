using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>
/// How recent the lowest low and the highest high of the last <c>period + 1</c> bars are, each 0 (oldest) to 100 (this bar), the
/// most recent counting where several are equal; NaN until then. Source: Chande, Stocks &amp; Commodities 13:9 (1995).
/// </summary>
public sealed class Aroon : BarIndicator
{
    private readonly RecentExtreme _lowest;
    private readonly RecentExtreme _highest;
    private readonly int _period;

    /// <param name="period">Bars, 1 or more.</param>
    public Aroon(int period)
        : base(period + 1, nameof(Down))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        _period = period;
        (_lowest, _highest) = (RecentExtreme.Lowest(period + 1), RecentExtreme.Highest(period + 1));
        Up = Adds(nameof(Up), WarmUp);
    }

    public Output Down => Main;

    public Output Up { get; }

    protected override double Next(in Candle candle)
    {
        _lowest.Add(candle.Low);
        _highest.Add(candle.High);
        if (double.IsNaN(_lowest.Value)) return double.NaN;
        Set(Up, 100.0 / _period * (_period - _highest.Age));
        return 100.0 / _period * (_period - _lowest.Age);
    }

    protected override void Visit(StateVisitor state)
    {
        _lowest.Visit(state);
        _highest.Visit(state);
    }
}
