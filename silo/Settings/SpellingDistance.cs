namespace OrleansTrader.Silo.Settings;

/// <summary>How far two words are apart.</summary>
internal static class SpellingDistance
{
    /// <summary>The fewest letters to add, leave out or change that make one word of the other (Levenshtein 1965).</summary>
    public static int Between(string first, string second)
    {
        var costs = Enumerable.Range(0, second.Length + 1).ToArray();
        for (var i = 1; i <= first.Length; i++)
        {
            var diagonal = costs[0];
            costs[0] = i;
            for (var j = 1; j <= second.Length; j++)
            {
                var change = diagonal + (first[i - 1] == second[j - 1] ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.Min(change, Math.Min(costs[j], costs[j - 1]) + 1);
            }
        }

        return costs[^1];
    }
}
