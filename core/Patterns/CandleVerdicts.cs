using System.Collections.Immutable;
using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Patterns;

/// <summary>
/// The candlestick patterns that each bar completes, for a strategy to read beside its other indicators: an output for each pattern, by its
/// name and with the verdicts of <see cref="CandlePatternScanner"/>, and the sums of what speaks for a rise and for a fall.
/// </summary>
/// <remarks>The sums leave out <see cref="CandlePatternCatalog.Neutral"/>: their sign is that of a colour, or none at all.</remarks>
public sealed class CandleVerdicts : Indicator
{
    private readonly CandlePatternScanner _scanner;
    private readonly ImmutableArray<Output> _verdicts;
    private readonly bool[] _isNeutral;

    /// <summary>All patterns of the catalogue.</summary>
    public CandleVerdicts()
        : this(CandlePatternCatalog.All)
    {
    }

    /// <param name="patterns">One or more, each once.</param>
    public CandleVerdicts(ImmutableArray<CandlePattern> patterns)
        : base(patterns.Max(pattern => pattern.WarmUp), nameof(Bullish))
    {
        Bearish = Adds(nameof(Bearish), WarmUp);
        _scanner = new CandlePatternScanner(patterns);
        _verdicts = [.. patterns.Select(pattern => Adds(pattern.Name, pattern.WarmUp))];
        _isNeutral = [.. patterns.Select(pattern => CandlePatternCatalog.Neutral.Contains(pattern.Name))];
    }

    /// <summary>Sum of the verdicts above 0, in patterns: 100 is one, and each confirmed hikkake is two; 0 or more.</summary>
    public Output Bullish => Main;

    /// <summary>Sum of the verdicts below 0, in patterns, 0 or more.</summary>
    public Output Bearish { get; }

    /// <summary>The one of a symbol with all patterns, computed once for all who ask.</summary>
    public static CandleVerdicts Of(IndicatorSet indicators)
    {
        ArgumentNullException.ThrowIfNull(indicators);
        return indicators.Shared($"CDL", () => new CandleVerdicts());
    }

    /// <summary>The one of a symbol with these patterns only, which is cheaper.</summary>
    /// <param name="names">TA-Lib's names, such as <c>CDLHAMMER</c>; one or more.</param>
    /// <exception cref="ArgumentException">TA-Lib has no pattern of one of the names.</exception>
    public static CandleVerdicts Of(IndicatorSet indicators, params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(indicators);
        string[] ordered = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        ArgumentOutOfRangeException.ThrowIfZero(ordered.Length, nameof(names));
        return indicators.Shared($"{string.Join('_', ordered)}", () => new CandleVerdicts([.. ordered.Select(CandlePatternCatalog.ByName)]));
    }

    protected override void Advance(in Bars bars, Span<double> values)
    {
        var candles = bars.Candles;
        var bearish = Bearish.Room;
        for (var i = 0; i < candles.Length; i++)
        {
            _scanner.Update(in candles[i]);
            (values[i], bearish[i]) = Sums(_scanner.Values, Start + i);
        }
    }

    protected override void Visit(StateVisitor state) => _scanner.VisitAll(state);

    private (double Bullish, double Bearish) Sums(ReadOnlySpan<double> verdicts, int place)
    {
        var (bullish, bearish) = (0.0, 0.0);
        for (var i = 0; i < verdicts.Length; i++)
        {
            var verdict = verdicts[i];
            _verdicts[i].Put(place, verdict);
            if (verdict == 0 || _isNeutral[i]) continue;
            // A verdict that is not known yet makes both sums unknown.
            if (!(verdict < 0)) bullish += verdict;
            if (!(verdict > 0)) bearish -= verdict;
        }

        return (bullish / 100, bearish / 100);
    }
}
