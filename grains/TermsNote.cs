using OrleansTrader.Core.Market;

namespace OrleansTrader.Grains;

/// <summary>The settings that an account trades by, in a sentence that tells what is new about them and not all of them.</summary>
internal static class TermsNote
{
    /// <summary>More changes at once are counted only.</summary>
    private const int MostTold = 6;

    /// <param name="before">As <paramref name="terms"/>; null or empty where nobody knows what held before.</param>
    /// <param name="terms">Pairs of name=value, separated by a comma and a space.</param>
    public static string Of(string? before, string terms)
    {
        var pairs = PairsOf(terms);
        if (string.IsNullOrEmpty(before)) return $"It trades by {string.Join('=', pairs[0])} from now on{(pairs.Count == 1 ? "" : $"; the journal has the other {Counted.Of(pairs.Count - 1, "setting")}")}.";

        var known = PairsOf(before).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        string[] changes =
        [
            .. from pair in pairs where !known.ContainsKey(pair[0]) select $"{pair[0]}={pair[1]} (new)",
            .. from pair in pairs where known.TryGetValue(pair[0], out var was) && !string.Equals(was, pair[1], StringComparison.Ordinal) select $"{pair[0]}={pair[1]} (was {known[pair[0]]})",
            .. from name in known.Keys where pairs.TrueForAll(pair => !string.Equals(pair[0], name, StringComparison.Ordinal)) select $"{name} (gone)",
        ];
        var further = changes.Length > MostTold ? $", and {Counted.Of(changes.Length - MostTold, "other change", "other changes")}, which the journal has" : "";
        return changes.Length == 0
            ? "It trades by another strategy and the same settings from now on."
            : $"It trades by other settings from now on: {string.Join(", ", changes.Take(MostTold))}{further}.";
    }

    private static List<string[]> PairsOf(string terms) =>
        [.. terms.Split(", ").Select(pair => pair.Split('=', 2)).Select(pair => pair.Length == 2 ? pair : [pair[0], ""]).DistinctBy(pair => pair[0], StringComparer.Ordinal)];
}
