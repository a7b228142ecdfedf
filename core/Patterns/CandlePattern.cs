namespace OrleansTrader.Core.Patterns;

/// <summary>Tells whether the latest candles form a pattern: above 0 bullish, below 0 bearish, 0 when they do not.</summary>
internal delegate int PatternRule(in CandleView candles);

/// <summary>A candlestick pattern by TA-Lib's definition and default settings.</summary>
public sealed class CandlePattern
{
    private readonly PatternRule _rule;
    private readonly int _firstBar;
    private readonly int _sumsFrom;

    /// <param name="name">TA-Lib's name of the function.</param>
    /// <param name="firstBar">The number of bars before the first at which the pattern can be told; TA-Lib's look-back.</param>
    /// <param name="rule">Tells the pattern.</param>
    /// <param name="sumsFrom">The bar at which TA-Lib begins its sums, where that is not <paramref name="firstBar"/>.</param>
    internal CandlePattern(string name, int firstBar, PatternRule rule, int? sumsFrom = null)
    {
        (Name, _firstBar, _rule) = (name, firstBar, rule);
        _sumsFrom = sumsFrom ?? firstBar;
    }

    /// <summary>TA-Lib's name of it, such as <c>CDLHAMMER</c>.</summary>
    public string Name { get; }

    /// <summary>The number of bars after which it is first told.</summary>
    public int WarmUp => _firstBar + 1;

    internal double Judge(CandleHistory history) => history.Count > _firstBar ? _rule(new CandleView(history, _sumsFrom)) : double.NaN;
}
