using OrleansTrader.Core.Risk;
using Xunit;

namespace OrleansTrader.Core.Tests.Risk;

public class LimitsEditTests
{
    private static readonly DateTime At = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [Theory]
    [InlineData(RiskPreset.Careful)]
    [InlineData(RiskPreset.Balanced)]
    [InlineData(RiskPreset.Bold)]
    [InlineData(RiskPreset.None)]
    public void Limits_come_back_from_their_values(RiskPreset preset)
    {
        var limits = RiskPresets.Of(preset) with { MaxDailyLoss = 0.0123m, StopGuardPerSymbol = true, LossStreakReaction = LimitReaction.Flatten, MinNotional = 0 };
        Assert.Equal(limits, LimitsEdit.With(new RiskLimits(), LimitsEdit.Difference(old: null, limits)));
        Assert.Equal(limits, LimitsEdit.With(RiskLimits.None, LimitsEdit.Difference(RiskLimits.None, limits)));
        Assert.Empty(LimitsEdit.Difference(limits, limits));
    }

    [Fact]
    public void A_name_of_another_version_is_passed_over() =>
        Assert.Equal(new RiskLimits { MaxOpenPositions = 7 }, LimitsEdit.With(new RiskLimits(), [new LimitValue("OfTomorrow", "1", "2"), new LimitValue("MaxOpenPositions", "4", "7")]));

    [Fact]
    public void A_preset_sets_all_and_single_values_lie_over_it_in_whatever_order_they_come()
    {
        var changed = LimitsEdit.Apply(new RiskLimits { StopGuardStops = 9 }, [new("maxdrawdown", "0.1"), new("Preset", "careful"), new("DrawdownReaction", "flatten")], out var problems);
        Assert.Empty(problems);
        Assert.Equal(RiskPresets.Of(RiskPreset.Careful) with { MaxDrawdown = 0.1m, DrawdownReaction = LimitReaction.Flatten }, changed);
    }

    [Theory]
    [InlineData("MaxDailyLoss", "0", true)]
    [InlineData("MaxDailyLoss", "1", true)]
    [InlineData("MaxDailyLoss", "1.01", false)]
    [InlineData("MaxDailyLoss", "-0.01", false)]
    [InlineData("MaxDailyLoss", "much", false)]
    [InlineData("MaxOpenPositions", "0", false)]
    [InlineData("MaxOpenPositions", "1", true)]
    [InlineData("MaxOpenPositions", "1.5", false)]
    [InlineData("CorrelationBars", "9", false)]
    [InlineData("CorrelationBars", "10", true)]
    [InlineData("CorrelationBars", "500", true)]
    [InlineData("CorrelationBars", "501", false)]
    [InlineData("DailyLossReaction", "2", false)]
    [InlineData("DailyLossReaction", "Flatten", true)]
    [InlineData("StopGuardPerSymbol", "yes", false)]
    [InlineData("ClosesNeeded", "5", false)]
    [InlineData("MaxDailyLos", "0.1", false)]
    public void Only_what_is_allowed_changes_anything(string name, string value, bool isAllowed)
    {
        var current = new RiskLimits { MaxDailyLoss = 0.5m, MaxOpenPositions = 9 };
        var changed = LimitsEdit.Apply(current, [new("CooldownBars", "7"), new(name, value)], out var problems);
        Assert.Equal(isAllowed, problems.IsEmpty);
        Assert.Equal(isAllowed ? 7 : current.CooldownBars, changed.CooldownBars);
        if (isAllowed) return;
        Assert.Same(current, changed);
        Assert.Contains(name, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_told_with_what_is_allowed()
    {
        LimitsEdit.Apply(new RiskLimits(), [new("MaxDailyLoss", "5"), new("MaxLoss", "1"), new("Preset", "wild")], out var problems);
        Assert.Equal(
            [
                "MaxDailyLoss is '5'; it must be a number from 0 to 1.",
                "There is no limit 'MaxLoss'; GET /api/v1/risk lists what there is.",
                "Preset is 'wild'; it must be one of careful, balanced, bold, none.",
            ],
            problems);
    }

    [Fact]
    public void A_change_is_told_with_what_was_before()
    {
        var (old, changed) = (new RiskLimits(), new RiskLimits { MaxDailyLoss = 0.04m, DailyLossReaction = LimitReaction.Pause });
        Assert.Equal(
            "The owner set MaxDailyLoss from 0 to 0.04, DailyLossReaction from Refuse to Pause.",
            new LimitsChange(LimitsOrigin.Owner, At, LimitsEdit.Difference(old, changed)).Describe());
        Assert.Equal(
            "The settings brought the limits that hold from now on, by the preset Balanced.",
            new LimitsChange(LimitsOrigin.Settings, At, LimitsEdit.Difference(old: null, RiskPresets.Of(RiskPreset.Balanced))).Describe());
    }
}
