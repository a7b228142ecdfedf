using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Patterns.Swings;

/// <summary>
/// The divergences of price and relative strength index that each bar confirms, for a strategy to read beside its other indicators: the
/// number of a <see cref="DivergenceKind"/>, 0 for none as a rule; NaN as long as none could be told.
/// </summary>
public sealed class Divergences : BarIndicator
{
    private readonly DivergenceFinder _finder;

    /// <param name="reach">Bars on either side of a swing, 1 or more.</param>
    /// <param name="rsiPeriod">Period of the relative strength index, 1 or more.</param>
    /// <param name="longestSpan">The most bars between the two swings, 1 or more.</param>
    public Divergences(int reach = 3, int rsiPeriod = 14, int longestSpan = 60)
        : this(new DivergenceFinder(reach, rsiPeriod, longestSpan))
    {
    }

    private Divergences(DivergenceFinder finder)
        : base(finder.WarmUp, nameof(Bullish))
    {
        _finder = finder;
        Bearish = Adds(nameof(Bearish), WarmUp);
    }

    /// <summary>Of two lows.</summary>
    public Output Bullish => Main;

    /// <summary>Of two highs.</summary>
    public Output Bearish { get; }

    /// <summary>The one of a symbol with the usual parameters, computed once for all who ask.</summary>
    public static Divergences Of(IndicatorSet indicators)
    {
        ArgumentNullException.ThrowIfNull(indicators);
        return indicators.Shared($"DIVERGENCES", () => new Divergences());
    }

    protected override double Next(in Candle candle)
    {
        _finder.Update(in candle);
        if (!_finder.IsReady) return double.NaN;
        Set(Bearish, (double)_finder.Bearish.Kind);
        return (double)_finder.Bullish.Kind;
    }

    protected override void Visit(StateVisitor state) => _finder.VisitAll(state);
}
