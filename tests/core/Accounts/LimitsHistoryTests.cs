using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Risk;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>Limits that are written down: by the settings at a start, and by the owner meanwhile.</summary>
public class LimitsHistoryTests
{
    private static readonly DateTime At = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private readonly Trader _trader = new();

    [Fact]
    public void What_the_owner_has_set_outlives_a_start_with_the_same_settings()
    {
        var balanced = RiskPresets.Of(RiskPreset.Balanced);
        Set(balanced, LimitsOrigin.Settings);
        Set(balanced with { MaxDailyLoss = 0.02m }, LimitsOrigin.Owner);
        Set(balanced, LimitsOrigin.Settings);
        Assert.Equal(0.02m, _trader.State.Risk.Limits!.MaxDailyLoss);
        Assert.Equal(2, _trader.State.Risk.Changes.Count);

        // What is edited is meant, and nothing else.
        Set(balanced with { MaxTradesPerDay = 3 }, LimitsOrigin.Settings);
        Assert.Equal(balanced with { MaxTradesPerDay = 3, MaxDailyLoss = 0.02m }, _trader.State.Risk.Limits);
        Set(balanced with { MaxTradesPerDay = 3, MaxDailyLoss = 0.01m }, LimitsOrigin.Settings);
        Assert.Equal(0.01m, _trader.State.Risk.Limits!.MaxDailyLoss);
        Assert.Equal(new LimitValue("MaxDailyLoss", "0.02", "0.01"), Assert.Single(_trader.State.Risk.Changes[^1].Values));
        Set(RiskPresets.Of(RiskPreset.Careful), LimitsOrigin.Settings);
        Assert.Equal(RiskPresets.Of(RiskPreset.Careful), _trader.State.Risk.Limits);
        Assert.Equal((_trader.State.Risk.Limits, _trader.State.Risk.Configured), (_trader.Replayed().Risk.Limits, _trader.Replayed().Risk.Configured));
    }

    [Fact]
    public void What_is_so_already_is_no_change()
    {
        Set(new RiskLimits(), LimitsOrigin.Settings);
        Set(new RiskLimits(), LimitsOrigin.Owner);
        Set(new RiskLimits(), LimitsOrigin.Settings);
        Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.LimitsChanged);
    }

    [Fact]
    public void Facts_alone_rebuild_limits_and_their_history()
    {
        Set(new RiskLimits { MinNotional = 0, CooldownBars = 0 }, LimitsOrigin.Settings);
        Set(RiskPresets.Of(RiskPreset.Bold), LimitsOrigin.Owner);
        var (expected, replayed) = (_trader.State.Risk, _trader.Replayed().Risk);
        Assert.Equal((expected.Limits, expected.Configured), (replayed.Limits, replayed.Configured));
        Assert.Equal((RiskPresets.Of(RiskPreset.Bold), 0m), (replayed.Limits, replayed.Configured!.MinNotional));
        Assert.Equal(expected.Changes, replayed.Changes);
    }

    [Fact]
    public void A_limit_that_is_set_holds_from_the_next_bar_on()
    {
        _trader.Limits = RiskLimits.None;
        var entry = Assert.Single(_trader.Buy());
        _trader.Report(_trader.Traded(entry, 1, 10, 100));
        _trader.NextHour();
        _trader.Leave(99);
        _trader.Limits = RiskLimits.None with { MaxDrawdown = 0.02m };
        Set(_trader.Limits, LimitsOrigin.Owner);
        _trader.NextHour();
        _trader.Signal(Build.Btc.Symbol, 97, OrleansTrader.Core.Strategies.Signal.Hold);
        Assert.Equal(LimitHits.Drawdown, _trader.State.Risk.Hits);
    }

    [Fact]
    public void Of_many_changes_the_latest_are_kept()
    {
        for (var i = 1; i <= 250; i++) Set(new RiskLimits { MaxOpenPositions = i }, LimitsOrigin.Owner);
        Assert.Equal((200, "250"), (_trader.State.Risk.Changes.Count, _trader.State.Risk.Changes[^1].Values.Single().New));
    }

    private void Set(RiskLimits limits, LimitsOrigin origin) => _trader.Command((account, time) => account.SetLimits(limits, origin, time, At));
}
