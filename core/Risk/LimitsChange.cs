using System.Collections.Immutable;

namespace OrleansTrader.Core.Risk;

/// <summary>One limit that was set.</summary>
/// <param name="Name">As <see cref="RiskLimits"/> names it.</param>
/// <param name="Old">What it was; null where nothing was written down before.</param>
public sealed record LimitValue(string Name, string? Old, string New);

/// <summary>Limits that were set together: who, when, which, from what to what.</summary>
/// <param name="At">UTC by the clock on the wall, which in a replay is not the market's.</param>
public sealed record LimitsChange(LimitsOrigin Origin, DateTime At, ImmutableArray<LimitValue> Values)
{
    /// <summary>One sentence in plain English.</summary>
    public string Describe()
    {
        var who = Origin == LimitsOrigin.Owner ? "The owner" : "The settings";
        if (Values.IsEmpty) return $"{who} left every limit as it was.";
        var preset = Values.FirstOrDefault(value => string.Equals(value.Name, nameof(RiskLimits.Preset), StringComparison.Ordinal))?.New;
        if (Values.All(value => value.Old is null)) return $"{who} brought the limits that hold from now on, by the preset {preset ?? nameof(RiskPreset.None)}.";
        return $"{who} set {string.Join(", ", Values.Select(value => $"{value.Name} from {value.Old} to {value.New}"))}.";
    }
}
