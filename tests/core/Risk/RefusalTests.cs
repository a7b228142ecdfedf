using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Risk;

/// <summary>Each refusal at its edge, with every limit on: one step inside, at it, and one step beyond.</summary>
public class RefusalTests
{
    /// <summary>For each code: an entry one step inside its limit, one at it, and one beyond, and whether the one at it passes.</summary>
    private static readonly Dictionary<RefusalCode, (Entry Inside, Entry At, Entry Beyond, bool PassesAt)> Edges = new()
    {
        [RefusalCode.KillSwitch] = (Good(), Good(e => e with { IsKilled = true }), Good(e => e with { IsKilled = true }), false),
        [RefusalCode.NotRunning] = (Good(), Good(e => e with { Run = RunState.Paused }), Good(e => e with { Run = RunState.Stopped }), false),
        [RefusalCode.NotArmed] = (Good(e => e with { IsArmed = true }), Good(e => e with { IsArmed = false }), Good(e => e with { IsArmed = false }), false),
        // 20 at a stop of 90 are 0.222222 BTC, and with one step of 0.00001 and 2 % for costs (0.222222 + 0.00001) * 100 / 0.98 = 22.676757.
        [RefusalCode.FirstDay] = (Good(e => e with { FirstDayMost = 22.68m }), Good(e => e with { FirstDayMost = 22.6768m }), Good(e => e with { FirstDayMost = 22.6767m }), true),
        [RefusalCode.StoreAway] = (Good(), Market(m => m with { IsStoreAway = true }), Market(m => m with { IsStoreAway = true }), false),
        [RefusalCode.StaleData] = (Market(m => m with { DataAge = TimeSpan.FromSeconds(119) }), Market(m => m with { DataAge = TimeSpan.FromSeconds(120) }), Market(m => m with { DataAge = TimeSpan.FromSeconds(121) }), true),
        [RefusalCode.SymbolHalted] = (Market(m => m with { Status = SymbolStatus.Unknown }), Market(m => m with { Status = SymbolStatus.Trading }), Market(m => m with { Status = SymbolStatus.Halted }), true),
        [RefusalCode.Cooldown] = (Good(e => e with { BarsSinceExit = 6 }), Good(e => e with { BarsSinceExit = 5 }), Good(e => e with { BarsSinceExit = 4 }), true),
        [RefusalCode.Locked] = (Good(e => e with { LockedBars = 0 }), Good(e => e with { LockedBars = 1 }), Good(e => e with { LockedBars = 2 }), false),
        [RefusalCode.DailyLoss] = (Good(e => e with { DayLoss = 0.0299 }), Good(e => e with { DayLoss = 0.03 }), Good(e => e with { DayLoss = 0.0301 }), false),
        [RefusalCode.Drawdown] = (Good(e => e with { Drawdown = 0.1999 }), Good(e => e with { Drawdown = 0.2 }), Good(e => e with { Drawdown = 0.2001 }), false),
        [RefusalCode.LossStreak] = (Good(e => e with { LossStreak = 3 }), Good(e => e with { LossStreak = 4 }), Good(e => e with { LossStreak = 5 }), false),
        [RefusalCode.TradesPerDay] = (Good(e => e with { DayEntries = 5 }), Good(e => e with { DayEntries = 6 }), Good(e => e with { DayEntries = 7 }), false),
        [RefusalCode.TooManyPositions] = (Good(e => e with { OpenPositions = 2 }), Good(e => e with { OpenPositions = 3 }), Good(e => e with { OpenPositions = 4 }), false),
        // Of 1,000 may be in one symbol 300, in all 800, in those that move together 400; what is left must make an order of 20 and more.
        [RefusalCode.SymbolExposure] = (Good(e => e with { SymbolExposure = 270 }), Good(e => e with { SymbolExposure = 300 }), Good(e => e with { SymbolExposure = 300.01m }), false),
        [RefusalCode.TotalExposure] = (Good(e => e with { TotalExposure = 770 }), Good(e => e with { TotalExposure = 800 }), Good(e => e with { TotalExposure = 800.01m }), false),
        [RefusalCode.Correlation] = (Good(e => e with { ClusterExposure = 370 }), Good(e => e with { ClusterExposure = 400 }), Good(e => e with { ClusterExposure = 400.01m }), false),
        // 0.1 of 100 is 0.1 %; the middle stays 100.
        [RefusalCode.Spread] = (Spread(0.09), Spread(0.1), Spread(0.102), true),
        // The budget is 250: twice as much must be offered, which is 5 at 100.
        [RefusalCode.Liquidity] = (Offered(5.01), Offered(5), Offered(4.99), true),
        [RefusalCode.StopOnWrongSide] = (Stop(99.99), Stop(100), Stop(100.01), false),
        [RefusalCode.NoCash] = (Good(e => e with { FreeCash = 100 }), Good(e => e with { FreeCash = 0 }), Good(e => e with { FreeCash = -1 }), false),
        // 2 to 1 with a chance of one third is worth nothing: 1/3 - (2/3)/2 = 0.
        [RefusalCode.NoEdge] = (Odds(0.4), Odds(1 / 3.0), Odds(0.3), false),
        // A stop at 90 sells what 22.68 buy, less 2 % and one step, for 20.00.
        [RefusalCode.BelowMinNotional] = (Good(e => e with { FreeCash = 22.69m }), Good(e => e with { FreeCash = 22.68m }), Good(e => e with { FreeCash = 22.67m }), true),
        // A step of 1 costs 100; 2 % of the budget may go on the way.
        [RefusalCode.BelowStep] = (Coarse(102.05m), Coarse(102.05m), Coarse(102.04m), true),
        [RefusalCode.RewardToRisk] = (Target(115.01), Target(115), Target(114.99), true),
    };

    public static TheoryData<RefusalCode> Codes => [.. Enum.GetValues<RefusalCode>().Where(code => code != RefusalCode.None)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_limit_refuses_from_its_edge_on(RefusalCode code)
    {
        var (inside, at, beyond, passesAt) = Edges[code];
        Assert.Equal(RefusalCode.None, inside.Judge(LimitsOf(code)).Refusal);
        Assert.Equal(passesAt ? RefusalCode.None : code, at.Judge(LimitsOf(code)).Refusal);
        Assert.Equal(code, beyond.Judge(LimitsOf(code)).Refusal);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_check_is_noted_last_when_it_refuses_and_tells_its_numbers(RefusalCode code)
    {
        var sheet = new CheckSheet();
        Edges[code].Beyond.Judge(LimitsOf(code), sheet);
        Assert.Equal((code, false), (sheet.Checks[^1].Code, sheet.Checks[^1].Passed));
        foreach (var check in sheet.ToImmutable()) Assert.DoesNotContain("no check", check.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_checks_come_in_one_order()
    {
        var sheet = new CheckSheet();
        Assert.True(Good().Judge(sheet: sheet).IsApproved);
        Assert.Equal(
            [
                RefusalCode.KillSwitch, RefusalCode.NotRunning, RefusalCode.StaleData, RefusalCode.SymbolHalted, RefusalCode.Cooldown, RefusalCode.Locked,
                RefusalCode.DailyLoss, RefusalCode.Drawdown, RefusalCode.LossStreak, RefusalCode.TradesPerDay, RefusalCode.TooManyPositions,
                RefusalCode.SymbolExposure, RefusalCode.TotalExposure, RefusalCode.Correlation, RefusalCode.Spread, RefusalCode.StopOnWrongSide,
                RefusalCode.NoCash, RefusalCode.NoEdge, RefusalCode.Liquidity, RefusalCode.BelowMinNotional, RefusalCode.BelowStep, RefusalCode.RewardToRisk,
            ],
            sheet.ToImmutable().Select(check => check.Code));
    }

    [Fact]
    public void What_nobody_knows_passes_and_says_so()
    {
        var sheet = new CheckSheet();
        var unknown = Good(e => e with { Market = default, Signal = new Signal(Direction.Long, 1, double.NaN, double.NaN) });
        Assert.True(unknown.Judge(sheet: sheet).IsApproved);
        Assert.Equal(
            [RefusalCode.Correlation, RefusalCode.Spread, RefusalCode.NoEdge, RefusalCode.Liquidity, RefusalCode.RewardToRisk],
            sheet.ToImmutable().Where(check => check.Describe().EndsWith("is not known, which passes", StringComparison.Ordinal)).Select(check => check.Code));
    }

    [Theory]
    [InlineData(LimitHits.DailyLoss, RefusalCode.DailyLoss)]
    [InlineData(LimitHits.Drawdown, RefusalCode.Drawdown)]
    [InlineData(LimitHits.LossStreak, RefusalCode.LossStreak)]
    public void A_watched_limit_that_was_crossed_refuses_even_when_the_loss_is_won_back(LimitHits hit, RefusalCode code) =>
        Assert.Equal(code, Good(e => e with { Hits = hit }).Judge().Refusal);

    [Fact]
    public void The_numbers_of_the_codes_stay_as_journals_have_them() => Assert.Equal(
        "None=0 NotRunning=1 Cooldown=2 TooManyPositions=3 StopOnWrongSide=4 NoCash=5 BelowMinNotional=6 KillSwitch=7 StaleData=8 SymbolHalted=9 Locked=10 DailyLoss=11 Drawdown=12 LossStreak=13 TradesPerDay=14 SymbolExposure=15 TotalExposure=16 Correlation=17 Spread=18 Liquidity=19 BelowStep=20 RewardToRisk=21 NoEdge=22 StoreAway=23 NotArmed=24 FirstDay=25",
        string.Join(' ', Enum.GetValues<RefusalCode>().Select(code => FormattableString.Invariant($"{code}={(int)code}"))));

    /// <summary>The other limits out of the way where they would come first.</summary>
    private static RiskLimits LimitsOf(RefusalCode code) => code switch
    {
        RefusalCode.BelowStep => Entry.Limits with { MinNotional = 0, MaxPositionShare = 1, RiskPerTrade = 0 },
        RefusalCode.Liquidity => Entry.Limits with { RiskPerTrade = 0, VolatilityTarget = 0, KellyFraction = 0 },
        RefusalCode.StopOnWrongSide or RefusalCode.NoEdge => Entry.Limits with { MinRewardToRisk = 0 },
        _ => Entry.Limits,
    };

    private static Entry Good(Func<Entry, Entry>? change = null) => change is null ? new Entry() : change(new Entry());

    private static Entry Market(Func<EntryMarket, EntryMarket> change) => new() { Market = change(Entry.GoodMarket) };

    private static Entry Spread(double spread) => Market(m => m with { Bid = 100 - (spread / 2), Ask = 100 + (spread / 2) });

    private static Entry Offered(double quantity) => Market(m => m with { Bid = 99.99, Ask = 100, AskQuantity = quantity });

    private static Entry Odds(double probability) => Market(m => m with { Odds = new WinOdds(probability, 100) });

    private static Entry Stop(double stop) => new() { Signal = new Signal(Direction.Long, 1, stop, 120) };

    private static Entry Target(double target) => new() { Signal = new Signal(Direction.Long, 1, 90, target) };

    private static Entry Coarse(decimal cash) => new()
    {
        Rules = new SymbolRules("XUSDT", "X", "USDT", 0.01m, 1, 0),
        FreeCash = cash,
    };
}
