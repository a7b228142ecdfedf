namespace OrleansTrader.Core.Strategies;

/// <summary>The strategies that can be chosen by name.</summary>
public static class StrategyCatalog
{
    private static readonly Dictionary<string, Func<IStrategy>> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["trend"] = () => new TrendStrategy(),
        ["sma-cross"] = () => new SmaCrossStrategy(),
    };

    public static IEnumerable<string> Names => Known.Keys;

    public static bool Contains(string name) => Known.ContainsKey(name);

    /// <summary>A new instance, for one symbol.</summary>
    /// <exception cref="ArgumentException">There is no such strategy.</exception>
    public static IStrategy Create(string name) => Known.TryGetValue(name, out var create)
        ? create()
        : throw new ArgumentException($"There is no strategy '{name}'; known are {string.Join(", ", Known.Keys)}.", nameof(name));
}
