using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using OrleansTrader.Core.Accounts.Allocation;
using OrleansTrader.Core.Matching;

namespace OrleansTrader.Silo.Settings;

/// <summary>How the account is to be divided when its owner rebalances it.</summary>
public sealed class AllocationSettings
{
    public const string Section = "Allocation";

    /// <summary>The share of equity that each symbol is to have, 0 to 1, as it is written; the rest is cash. Default none.</summary>
    public ImmutableSortedDictionary<string, string> Targets { get; init; } = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.OrdinalIgnoreCase);

    /// <summary>How far a share may lie from its target before it is moved back. Default 0.05.</summary>
    [Range(0.0, 1.0)]
    public decimal Drift { get; init; } = 0.05m;

    /// <summary>The smallest trade worth making, in quote currency. Default 10.</summary>
    [Range(0.0, 1_000_000.0)]
    public decimal MinTrade { get; init; } = 10;

    /// <summary>What one rebalancing may cost, as a share of equity. Default 0.005.</summary>
    [Range(0.0, 1.0)]
    public decimal MaxCost { get; init; } = 0.005m;

    /// <summary>The same as numbers; a share that is none counts as 0, and <see cref="Problems"/> names it.</summary>
    /// <param name="costs">What a trade costs.</param>
    public AllocationTargets ToTargets(MatchingOptions costs) => new()
    {
        Shares = Targets.ToImmutableSortedDictionary(target => target.Key.ToUpperInvariant(), target => ShareOf(target.Value) ?? 0, StringComparer.Ordinal),
        Drift = Drift,
        MinTrade = MinTrade,
        MaxCost = MaxCost,
        CostShare = (costs.FeeBps + (decimal)costs.SlippageBps) / 10_000,
    };

    /// <summary>A sentence for each target that cannot be.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (symbol, text) in Targets)
            if (ShareOf(text) is null)
                yield return $"{Section}:{nameof(Targets)}:{symbol} is '{text}'; it must be a number from 0 to 1.";
        var sum = Targets.Values.Sum(text => ShareOf(text) ?? 0);
        if (sum > 1) yield return string.Create(CultureInfo.InvariantCulture, $"{Section}:{nameof(Targets)} make {sum} together; they must make 1 at the most.");
    }

    /// <exception cref="SettingsException">A target is of a symbol that the market does not have.</exception>
    public void RefuseOthersThan(IReadOnlyCollection<string> symbols)
    {
        var unknown = Targets.Keys.FirstOrDefault(target => !symbols.Contains(target, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null) throw new SettingsException($"{Section}:{nameof(Targets)}:{unknown} is of no symbol of the market; it has {string.Join(", ", symbols)}.");
    }

    private static decimal? ShareOf(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share <= 1 ? share : null;
}
