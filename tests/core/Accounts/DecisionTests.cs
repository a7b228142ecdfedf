using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

public class DecisionTests
{
    [Theory]
    [InlineData(MarketRegime.TrendingUp, "Left BTCUSDT at about 100 in a market that is trending up.")]
    [InlineData(MarketRegime.Quiet, "Left BTCUSDT at about 100 in a market that is quiet.")]
    [InlineData(MarketRegime.Unknown, "Left BTCUSDT at about 100.")]
    public void A_decision_tells_the_regime_that_its_signal_bears(MarketRegime regime, string expected) =>
        Assert.Equal(expected, new Decision(Signal.Flat(1) with { Regime = regime }, 100, RefusalCode.None, [], []).Describe("BTCUSDT"));

    private static readonly LimitBreach DayLost = new(RefusalCode.DailyLoss, 0.031, 0.03, LimitReaction.Flatten);

    public static TheoryData<SaleCause, string> Causes => new()
    {
        { new SaleCause(ExitReason.TimeStop) { Bars = 48, Limit = 104, Entry = 100, Risks = 1 }, "Left BTCUSDT at about 101.2: held 48 bars, and 101.2 is not more than 1 risk above the entry of 100 (104)." },
        { new SaleCause(ExitReason.TimeStop) { Bars = 48, Limit = 102, Entry = 102 }, "Left BTCUSDT at about 101.2: held 48 bars, and 101.2 is not more than the entry of 102." },
        { new SaleCause(ExitReason.Trailing) { Limit = 101.5m }, "Left BTCUSDT at about 101.2: 101.2 is not above 101.5, to which the stop would follow the price." },
        { new SaleCause(ExitReason.ProtectionLost) { Refusal = RejectReason.NotInTime, Value = 3_600, Limit = 300 }, "Left BTCUSDT at about 101.2: for 3600 seconds its stop was not confirmed, 300 are allowed." },
        { new SaleCause(ExitReason.ProtectionLost) { Refusal = RejectReason.InsufficientBalance }, "Left BTCUSDT at about 101.2: the exchange refused its protection (InsufficientBalance)." },
        { new SaleCause(ExitReason.Limit) { Breach = DayLost }, "Left BTCUSDT at about 101.2: the limit DailyLoss was crossed: the day has lost 3.10 % of the equity with which it began, the limit is 3.00 %; its reaction is to flatten." },
        { new SaleCause(ExitReason.KillSwitch), "Left BTCUSDT at about 101.2: the kill switch was pulled." },
        { new SaleCause(ExitReason.Partial) { Quantity = 4.5m, Value = 0.5m, Limit = 101, Entry = 100, Risks = 0.5m }, "Sells a part of BTCUSDT, 4.5, at about 101.2: 101.2 is at least 0.5 risks above the entry of 100 (101), where 50 % of what was bought is to be sold." },
        { new SaleCause(ExitReason.Rebalance) { Quantity = 2, Value = 0.6m, Limit = 0.4m }, "Sells a part of BTCUSDT, 2, at about 101.2: it is 60.0 % of the account and is to be 40.0 %." },
        { new SaleCause(ExitReason.Dust) { Value = 5.6m, Limit = 5 }, "Left BTCUSDT at about 101.2: what was left of it is worth 5.60, more than the least order of 5.00." },
    };

    [Theory]
    [MemberData(nameof(Causes), DisableDiscoveryEnumeration = true)]
    public void A_sale_without_a_signal_says_what_decided_with_its_numbers(SaleCause cause, string expected)
    {
        var decision = new Decision(default, 101.2, RefusalCode.None, [], []) { Sale = cause };
        Assert.Equal(expected, decision.Describe("BTCUSDT"));
        Assert.Equal(cause.Quantity > 0 ? DecisionKind.Reduced : DecisionKind.Left, decision.Kind);
    }

    [Fact]
    public void Whatever_ends_a_trade_without_a_signal_at_the_market_has_a_decision()
    {
        var reasons = new HashSet<ExitReason>();
        for (var seed = 0; seed < 30; seed++)
        {
            var facts = new List<Fact>();
            Backtester.Run(
                new BacktestPlan
                {
                    Interval = Interval.OneHour,
                    Tapes = [new SymbolTape(Build.Btc, Build.Walk(600, seed))],
                    Strategy = () => new CoinStrategy(seed),
                    Matching = new MatchingOptions { MaxVolumeShare = 0.05 },
                    Limits = RiskLimits.None with { MaxDailyLoss = 0.02m, DailyLossReaction = LimitReaction.Flatten },
                    Exits = RandomExits.Of(new Random(seed)),
                    Explains = true,
                    Listener = batch => facts.AddRange(batch),
                },
                TestContext.Current.CancellationToken);
            foreach (var reason in Undecided(facts, reasons)) Assert.Fail($"seed {seed}: left by {reason} without a decision");
        }

        Assert.Superset(new HashSet<ExitReason> { ExitReason.Signal, ExitReason.TimeStop, ExitReason.Trailing, ExitReason.Partial, ExitReason.Limit }, reasons);
    }

    /// <summary>The reasons of sales at the market before which nobody has decided about the symbol since the sale before.</summary>
    private static IEnumerable<ExitReason> Undecided(List<Fact> facts, HashSet<ExitReason> reasons)
    {
        var decided = new HashSet<ExitReason>();
        foreach (var fact in facts)
        {
            if (fact.Decision is { Kind: DecisionKind.Left or DecisionKind.Reduced } decision)
                decided.Add(decision.Sale?.Reason ?? ExitReason.Signal);
            if (fact is not { Kind: FactKind.OrderCreated, Type: OrderType.Market, Side: OrderSide.Sell }) continue;
            reasons.Add(fact.Exit);
            if (!decided.Remove(fact.Exit)) yield return fact.Exit;
        }
    }
}
