using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>
/// Where the relative strength index lies between its own lowest and highest of the last bars, 0 to 100 (%K), and the average of
/// that (%D); 0 where the index has no range; NaN until <c>rsi + period + signal - 1</c> closes were seen. Source: Chande and
/// Kroll, The New Technical Trader (1994).
/// </summary>
/// <remarks>
/// As long as the price stands still the index does too, but for what rounding moves it by. A range of less than 1e-12 of the index
/// is none, and so is movement of less than 1e-16 of the price, where the averages have no digits left to compare. TA-Lib takes
/// either for a range, and there jumps between 0 and 100.
/// </remarks>
public sealed class StochasticRsi : BarIndicator
{
    private const double LeastRange = 1e-12;
    private const double LeastMovement = 1e-16;
    private readonly GainsAndLosses _moves;
    private readonly RollingExtreme _highest;
    private readonly RollingExtreme _lowest;
    private readonly RollingSum _signal;
    private readonly double _threshold;
    private double _strength;

    /// <param name="rsi">Bars of the relative strength index, 1 or more.</param>
    /// <param name="period">Bars of its range, 1 or more.</param>
    /// <param name="signal">Bars of the simple average that makes %D, 1 or more.</param>
    /// <param name="zero">When the average movement counts as none.</param>
    public StochasticRsi(int rsi, int period, int signal, ZeroRule zero = ZeroRule.Exact)
        : base(rsi + period + signal - 1, nameof(K))
    {
        (_moves, _threshold) = (new GainsAndLosses(rsi), zero.Threshold());
        (_highest, _lowest, _signal) = (RollingExtreme.Highest(period), RollingExtreme.Lowest(period), new RollingSum(signal));
        D = Adds(nameof(D), WarmUp);
    }

    public Output K => Main;

    /// <summary>The average of %K.</summary>
    public Output D { get; }

    protected override double Next(in Candle candle)
    {
        var (gain, loss) = _moves.Next(candle.Close);
        if (double.IsNaN(gain)) return double.NaN;
        if (gain + loss > LeastMovement * candle.Close) _strength = Rsi.Strength(gain - loss, gain + loss, _threshold);
        var (highest, lowest) = (_highest.Add(_strength), _lowest.Add(_strength));
        if (double.IsNaN(highest)) return double.NaN;
        var range = highest - lowest;
        var k = range > LeastRange * highest ? 100 * ((_strength - lowest) / range) : 0;
        _signal.Add(k);
        Set(D, _signal.Mean);
        return _signal.IsFull ? k : double.NaN;
    }

    protected override void Visit(StateVisitor state)
    {
        _moves.Visit(state);
        _highest.Visit(state);
        _lowest.Visit(state);
        _signal.Visit(state);
        state.Visit(ref _strength);
    }
}
