using System.Collections.Immutable;

namespace OrleansTrader.Core.Strategies;

/// <summary>The strategies that can be chosen by name: those that come with the service, and the owner's.</summary>
public sealed class StrategyLibrary
{
    /// <param name="own">The owner's; one whose name is taken is left out, and told among the problems.</param>
    /// <param name="problems">What is wrong with others of the owner's.</param>
    public StrategyLibrary(IReadOnlyCollection<StrategyEntry> own, IEnumerable<StrategyProblem> problems)
    {
        var namesakes = own.GroupBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);
        var refused = from entry in own let text = Collision(entry, namesakes[entry.Name]) where text is not null select new StrategyProblem(entry.File, text);
        Entries = [.. StrategyCatalog.Entries, .. own.Where(entry => Collision(entry, namesakes[entry.Name]) is null)];
        Problems = [.. problems, .. refused];
    }

    /// <summary>Those alone that come with the service.</summary>
    public static StrategyLibrary BuiltIn { get; } = new([], []);

    /// <summary>In the order in which they are shown.</summary>
    public ImmutableArray<StrategyEntry> Entries { get; }

    /// <summary>What keeps others of the owner's from being among them.</summary>
    public ImmutableArray<StrategyProblem> Problems { get; }

    public IEnumerable<string> Names => Entries.Select(entry => entry.Name);

    /// <summary>The strategy of that name, whatever the case of its letters; null when there is none.</summary>
    public StrategyEntry? Find(string name) => Entries.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase));

    private static string? Collision(StrategyEntry entry, StrategyEntry[] namesakes)
    {
        if (StrategyCatalog.Contains(entry.Name)) return $"{entry.File}: {entry.Name} is the name of a strategy that comes with the service; give yours another.";
        return namesakes.Length == 1 ? null : $"{entry.File}: {entry.Name} is also the name of the strategy in {string.Join(" and ", namesakes.Where(other => other != entry).Select(other => other.File))}; give one of them another, until then none is used.";
    }
}
