using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>
/// Donchian's channel, in quote currency: the highest high, the lowest low and their middle over the last bars, this one
/// included; NaN until <c>period</c> bars were seen. Source: Donchian's four-week rule (1960).
/// </summary>
public sealed class Donchian : BarIndicator
{
    private readonly RollingExtreme _highest;
    private readonly RollingExtreme _lowest;

    /// <param name="period">Bars, 1 or more.</param>
    public Donchian(int period)
        : base(period, nameof(Upper))
    {
        (_highest, _lowest) = (RollingExtreme.Highest(period), RollingExtreme.Lowest(period));
        Middle = Adds(nameof(Middle), period);
        Lower = Adds(nameof(Lower), period);
    }

    public Output Upper => Main;

    public Output Middle { get; }

    public Output Lower { get; }

    protected override double Next(in Candle candle)
    {
        var (upper, lower) = (_highest.Add(candle.High), _lowest.Add(candle.Low));
        Set(Middle, (upper + lower) / 2);
        Set(Lower, lower);
        return upper;
    }

    protected override void Visit(StateVisitor state)
    {
        _highest.Visit(state);
        _lowest.Visit(state);
    }
}
