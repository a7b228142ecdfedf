using System.Collections.Immutable;
using OrleansTrader.Core.Strategies.Hybrid;

namespace OrleansTrader.Core.Strategies;

/// <summary>The strategies that can be chosen by name.</summary>
public static class StrategyCatalog
{
    /// <summary>Every strategy, in the order in which they are shown.</summary>
    public static ImmutableArray<StrategyEntry> Entries { get; } = [HybridStrategy.Entry, TrendStrategy.Entry, MeanReversionStrategy.Entry, BreakoutStrategy.Entry, DcaStrategy.Entry, SmaCrossStrategy.Entry];

    public static IEnumerable<string> Names => Entries.Select(entry => entry.Name);

    public static bool Contains(string name) => Find(name) is not null;

    /// <summary>What the strategy of that name says of itself.</summary>
    /// <exception cref="ArgumentException">There is no such strategy.</exception>
    public static StrategyEntry Of(string name) =>
        Find(name) ?? throw new ArgumentException($"There is no strategy '{name}'; known are {string.Join(", ", Names)}.", nameof(name));

    /// <summary>A new instance with the defaults of its parameters, for one symbol.</summary>
    /// <exception cref="ArgumentException">There is no such strategy.</exception>
    public static IStrategy Create(string name)
    {
        var entry = Of(name);
        return entry.Create(entry.Defaults);
    }

    private static StrategyEntry? Find(string name) =>
        Entries.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase));
}
