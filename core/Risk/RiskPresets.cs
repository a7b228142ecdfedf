using System.Globalization;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Risk;

/// <summary>The values of each preset, and what they mean in money.</summary>
public static class RiskPresets
{
    public static RiskLimits Of(RiskPreset preset) => preset switch
    {
        RiskPreset.Careful => new RiskLimits
        {
            Preset = preset,
            MaxPositionShare = 0.1m,
            MaxOpenPositions = 3,
            CooldownBars = 4,
            MaxDailyLoss = 0.02m,
            MaxDrawdown = 0.1m,
            DrawdownReaction = LimitReaction.Pause,
            MaxLossStreak = 4,
            MaxTradesPerDay = 6,
            MaxExposure = 0.3m,
            MaxClusterExposure = 0.2m,
            MaxDataAgeSeconds = 60,
            MaxSpread = 0.002m,
            RiskPerTrade = 0.005m,
            StopGuardStops = 3,
            LowProfitTrades = 3,
        },
        RiskPreset.Balanced => new RiskLimits
        {
            Preset = preset,
            MaxDailyLoss = 0.04m,
            MaxDrawdown = 0.2m,
            DrawdownReaction = LimitReaction.Pause,
            MaxLossStreak = 6,
            MaxTradesPerDay = 20,
            MaxExposure = 0.8m,
            MaxClusterExposure = 0.5m,
            MaxDataAgeSeconds = 120,
            MaxSpread = 0.005m,
            RiskPerTrade = 0.01m,
            StopGuardStops = 4,
        },
        RiskPreset.Bold => new RiskLimits
        {
            Preset = preset,
            MaxPositionShare = 0.5m,
            MaxOpenPositions = 6,
            CooldownBars = 1,
            MaxDailyLoss = 0.08m,
            MaxDrawdown = 0.35m,
            DrawdownReaction = LimitReaction.Pause,
            MaxLossStreak = 10,
            MaxExposure = 1,
            MaxDataAgeSeconds = 300,
            MaxSpread = 0.01m,
            RiskPerTrade = 0.02m,
        },
        _ => new RiskLimits(),
    };

    /// <summary>What limits mean for an account of this equity, in plain English; limits that are off are left out.</summary>
    public static string Explain(RiskLimits limits, decimal equity)
    {
        var parts = new List<string>
        {
            Text($"A position costs {equity * limits.MaxPositionShare:0.00} at the most, and {limits.MaxOpenPositions} may be open at once"),
        };
        if (limits.MaxExposure > 0) parts.Add(Text($"all together cost {equity * limits.MaxExposure:0.00} at the most"));
        if (limits.MaxClusterExposure > 0) parts.Add(Text($"those that move together cost {equity * limits.MaxClusterExposure:0.00} at the most"));
        if (limits.RiskPerTrade > 0) parts.Add(Text($"a stop that is hit costs about {equity * limits.RiskPerTrade:0.00}"));
        if (limits.MaxDailyLoss > 0) parts.Add(Text($"a day that has lost {equity * limits.MaxDailyLoss:0.00} {Then(limits.DailyLossReaction)}"));
        if (limits.MaxDrawdown > 0) parts.Add(Text($"a fall of {equity * limits.MaxDrawdown:0.00} from the peak {Then(limits.DrawdownReaction)}"));
        if (limits.MaxLossStreak > 0) parts.Add(Text($"{Counted.Of(limits.MaxLossStreak, "loss", "losses in a row")} {(limits.LossStreakReaction == LimitReaction.Refuse ? $"{Counted.Word(limits.MaxLossStreak, "ends", "end")} the day's entries" : Then(limits.LossStreakReaction))}"));
        if (limits.MaxTradesPerDay > 0) parts.Add(Text($"a day has {Counted.Of(limits.MaxTradesPerDay, "entry", "entries")} at the most"));
        foreach (var limit in Enum.GetValues<RefusalCode>())
            if (!LimitBreach.IsWatched(limit) && limits.ReactionTo(limit) is var reaction and not LimitReaction.Refuse)
                parts.Add($"an entry that {limit} refuses {Then(reaction)}");
        return string.Join("; ", parts) + ".";
    }

    private static string Then(LimitReaction reaction) => reaction switch
    {
        LimitReaction.Flatten => "sells everything",
        LimitReaction.Pause => "pauses the account",
        _ => "opens no more positions",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
