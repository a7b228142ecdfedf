using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>
/// Fisher transform of where the middle of the bar lies within the range of such middles over the last bars, mostly -3 to 3 and
/// never beyond ±7.601, and its value one bar before as trigger; an empty range counts as being in its middle; NaN until
/// <c>period</c> bars were seen, the trigger one bar longer. Source: Ehlers, Stocks &amp; Commodities 20:11 (2002).
/// </summary>
/// <remarks>Both the place and its transform are smoothed: a third of the place is new, and half of the last value stays.</remarks>
public sealed class FisherTransform : BarIndicator
{
    private const double Fresh = 0.33;
    private const double Kept = 0.67;
    private const double Limit = 0.999;
    private readonly RollingExtreme _highest;
    private readonly RollingExtreme _lowest;
    private double _position;
    private double _value;
    private bool _hasValue;

    /// <param name="period">Bars, 1 or more.</param>
    public FisherTransform(int period = 10)
        : base(period, nameof(Fisher))
    {
        (_highest, _lowest) = (RollingExtreme.Highest(period), RollingExtreme.Lowest(period));
        Trigger = Adds(nameof(Trigger), period + 1);
    }

    public Output Fisher => Main;

    /// <summary>The value of the bar before.</summary>
    public Output Trigger { get; }

    protected override double Next(in Candle candle)
    {
        var price = Price.Median(in candle);
        var (highest, lowest) = (_highest.Add(price), _lowest.Add(price));
        if (double.IsNaN(highest)) return double.NaN;

        var place = highest > lowest ? (price - lowest) / (highest - lowest) : 0.5;
        _position = Math.Clamp((Fresh * 2 * (place - 0.5)) + (Kept * _position), -Limit, Limit);
        if (_hasValue) Set(Trigger, _value);
        _value = (0.5 * Math.Log((1 + _position) / (1 - _position))) + (0.5 * _value);
        _hasValue = true;
        return _value;
    }

    protected override void Visit(StateVisitor state)
    {
        _highest.Visit(state);
        _lowest.Visit(state);
        state.Visit(ref _position);
        state.Visit(ref _value);
        state.Visit(ref _hasValue);
    }
}
