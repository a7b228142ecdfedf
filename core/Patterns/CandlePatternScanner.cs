using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Patterns;

/// <summary>
/// The candlestick patterns that the bars of one symbol complete: -100, 0 or 100 for each (80 for an engulfing or harami
/// that shares an end, 200 for a confirmed hikkake), NaN during its warm-up and after a bar that is not sound.
/// </summary>
/// <remarks>A bar that is not sound is left out, and the next sound one goes on from where the last one left off.</remarks>
public sealed class CandlePatternScanner : Restorable
{
    private readonly CandlePattern[] _patterns;
    private readonly double[] _values;
    private readonly CandleHistory _history = new();

    /// <summary>A scanner for every pattern of the catalogue, in its order.</summary>
    public CandlePatternScanner()
        : this(CandlePatternCatalog.All)
    {
    }

    public CandlePatternScanner(IEnumerable<CandlePattern> patterns)
    {
        _patterns = [.. patterns];
        _values = new double[_patterns.Length];
        Array.Fill(_values, double.NaN);
    }

    public IReadOnlyList<CandlePattern> Patterns => _patterns;

    /// <summary>The verdict of each pattern on the latest bar, in the order of <see cref="Patterns"/>.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The verdict of the pattern of that name on the latest bar.</summary>
    /// <exception cref="ArgumentException">The scanner does not look for it.</exception>
    public double this[string name]
    {
        get
        {
            var index = Array.FindIndex(_patterns, pattern => string.Equals(pattern.Name, name, StringComparison.Ordinal));
            return index >= 0 ? _values[index] : throw new ArgumentException($"There is no pattern '{name}' here.", nameof(name));
        }
    }

    /// <summary>Takes the next closed bar.</summary>
    public void Update(in Candle candle)
    {
        if (!candle.IsSound)
        {
            Array.Fill(_values, double.NaN);
            return;
        }

        _history.Append(in candle);
        for (var i = 0; i < _patterns.Length; i++) _values[i] = _patterns[i].Judge(_history);
    }

    protected override void Visit(StateVisitor state)
    {
        _history.Visit(state);
        state.Visit(_values);
        if (_history.Count == 0) Array.Fill(_values, double.NaN);
    }
}
