using System.Collections.Immutable;
using System.Globalization;

namespace OrleansTrader.Core.Strategies;

/// <summary>What a strategy says of itself: its name, what it does, and by which parameters it can be tuned.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Parameters">In the order in which they are shown.</param>
/// <param name="Create">Makes an instance, for one symbol.</param>
public sealed record StrategyEntry(string Name, string Summary, ImmutableArray<StrategyParameter> Parameters, Func<StrategyValues, IStrategy> Create)
{
    /// <summary>True when its positions have no stop by design; whoever chooses it must be told.</summary>
    public bool IsUnprotected { get; init; }

    /// <summary>The file that it is written in; empty where it comes with the service.</summary>
    public string File { get; init; } = "";

    /// <summary>Tells one content of its file from another; empty where it comes with the service.</summary>
    public string Version { get; init; } = "";

    /// <summary>Its sentence, and what whoever chooses it must be told.</summary>
    public string Description => IsUnprotected ? $"{Summary} Unprotected by design: its positions have no stop and no target." : Summary;

    /// <summary>Pairs of which the first must be less than the second.</summary>
    public ImmutableArray<(StrategyParameter Less, StrategyParameter More)> Ordered { get; init; } = [];

    /// <summary>The values that nobody changed.</summary>
    public StrategyValues Defaults => new(Parameters, [.. Parameters.Select(parameter => parameter.Default)]);

    /// <summary>Reads values as they are written; what is not given has its default.</summary>
    /// <param name="given">Names, whatever the case of their letters, and numbers with a decimal point.</param>
    /// <param name="prefix">What comes before a name in the settings.</param>
    public StrategyReading Read(IEnumerable<KeyValuePair<string, string>> given, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(given);
        var values = Parameters.Select(parameter => parameter.Default).ToArray();
        var problems = new List<string>();
        foreach (var (name, text) in given)
        {
            var index = IndexOf(name);
            if (index < 0) problems.Add($"{prefix}{name} is not a parameter of {Name}; it has {(Parameters.IsEmpty ? "none" : string.Join(", ", Parameters.Select(parameter => parameter.Name)))}.");
            else if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out values[index]) || !Parameters[index].Allows(values[index]))
                problems.Add($"{prefix}{Parameters[index].Name} is '{text}'; {Name} takes {Parameters[index].Allowed}.");
        }

        if (problems.Count == 0) problems.AddRange(Disordered(values, prefix));
        return new StrategyReading(problems.Count == 0 ? new StrategyValues(Parameters, [.. values]) : Defaults, [.. problems]);
    }

    private IEnumerable<string> Disordered(double[] values, string prefix) =>
        from pair in Ordered
        let less = values[Parameters.IndexOf(pair.Less)]
        let more = values[Parameters.IndexOf(pair.More)]
        where less >= more
        select string.Create(CultureInfo.InvariantCulture, $"{prefix}{pair.Less.Name} is '{less}'; {Name} takes a number below {pair.More.Name}, which is {more}.");

    private int IndexOf(string name)
    {
        for (var i = 0; i < Parameters.Length; i++)
            if (string.Equals(Parameters[i].Name, name, StringComparison.OrdinalIgnoreCase))
                return i;
        return -1;
    }
}
