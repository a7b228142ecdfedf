using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Risk;

/// <summary>Sizes against tables that were computed by hand.</summary>
public class PositionSizerTests
{
    private static readonly RiskLimits Free = RiskLimits.None;

    // equity * share / (1 - stop/price): 10,000 at 1 % is 100 to lose; a stop 5 % below takes it from 2,000.
    [Theory]
    [InlineData(10_000, 0.01, 100, 95, "2000")]
    [InlineData(10_000, 0.01, 100, 90, "1000")]
    [InlineData(10_000, 0.02, 50, 49, "10000")]
    [InlineData(2_500, 0.005, 40, 30, "50")]
    [InlineData(1_000, 0.01, 30, 29, "300")]
    [InlineData(1_000, 0.01, 100, 93, "142.85714285")]
    public void The_stop_costs_the_share(double equity, double share, double price, double stop, string expected) =>
        Assert.Equal(Number(expected), PositionSizer.FixedFraction((decimal)equity, (decimal)share, (decimal)price, (decimal)stop));

    // equity * target / volatility, and never more than the equity.
    [Theory]
    [InlineData(10_000, 0.2, 0.8, "2500")]
    [InlineData(10_000, 0.1, 0.4, "2500")]
    [InlineData(10_000, 0.15, 0.6, "2500")]
    [InlineData(8_000, 0.1, 1.6, "500")]
    [InlineData(10_000, 0.2, 0.1, "10000")]
    public void A_calm_symbol_gets_more_than_a_wild_one(double equity, double target, double volatility, string expected) =>
        Assert.Equal(Number(expected), PositionSizer.VolatilityTarget((decimal)equity, (decimal)target, volatility));

    // p - (1 - p) / b
    [Theory]
    [InlineData(0.6, 1, 0.2)]
    [InlineData(0.5, 2, 0.25)]
    [InlineData(0.4, 2, 0.1)]
    [InlineData(0.55, 1, 0.1)]
    [InlineData(0.5, 1, 0)]
    [InlineData(0.3, 2, 0)]
    [InlineData(1, 3, 1)]
    [InlineData(0, 3, 0)]
    public void Kelly_stakes_what_the_odds_are_worth(double probability, double payoff, double expected) =>
        Assert.Equal(expected, PositionSizer.KellyShare(probability, payoff), 12);

    // Half of Kelly's 20 % is 10 %, capped at 2 % of 10,000: 200 to lose at a stop 10 % below is 2,000.
    [Theory]
    [InlineData(0.6, 100, 0.5, 0.02, "2000")]
    [InlineData(0.6, 100, 0.5, 0.05, "5000")]
    [InlineData(0.55, 100, 0.1, 0.05, "1000")]
    [InlineData(0.5, 100, 0.5, 0.05, "0")]
    [InlineData(0.6, 49, 0.5, 0.02, "0")]
    [InlineData(0.6, 50, 0.5, 0.02, "2000")]
    public void A_part_of_Kelly_is_capped_and_zero_on_thin_evidence(double probability, int trades, double fraction, double cap, string expected)
    {
        var limits = Free with { KellyFraction = (decimal)fraction, KellyMaxRisk = (decimal)cap, KellyMinTrades = 50 };
        var budget = PositionSizer.Kelly(10_000, limits, new WinOdds(probability, trades), payoff: 1, loss: 0.1);
        Assert.Equal((double)Number(expected), (double)budget!.Value, 6);
    }

    // Somebody counts, and the pool is too small to tell a probability: no stake either.
    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(double.NaN, 29)]
    [InlineData(double.NaN, 49)]
    public void Kelly_stakes_nothing_before_there_is_evidence(double probability, int trades) =>
        Assert.Equal(0, PositionSizer.Kelly(10_000, Free with { KellyFraction = 0.5m }, new WinOdds(probability, trades), payoff: 1, loss: 0.1));

    [Theory]
    [InlineData(double.NaN, 100)]
    [InlineData(0.6, 0)]
    public void Kelly_abstains_when_nobody_knows_the_odds(double probability, int trades) =>
        Assert.Null(PositionSizer.Kelly(10_000, Free with { KellyFraction = 0.5m }, new WinOdds(probability, trades), payoff: 1, loss: 0.1));

    [Fact]
    public void The_least_of_all_rules_counts_and_a_rule_without_its_input_abstains()
    {
        var entry = new Entry { Equity = 10_000, FreeCash = 10_000, Signal = new Signal(Direction.Long, 1, 90, 110) };
        var limits = Free with { MaxPositionShare = 0.5m, RiskPerTrade = 0.02m, VolatilityTarget = 0.2m, KellyFraction = 0.5m, KellyMaxRisk = 0.01m };
        // Share 5,000; 2 % at a stop 10 % below 2,000; 20 % of a volatility of 80 % 2,500; Kelly's 1 % 1,000.
        Assert.Equal(1_000m, Budget(entry, limits));
        Assert.Equal(2_000m, Budget(entry with { Market = Entry.GoodMarket with { Odds = default } }, limits));
        Assert.Equal(2_500m, Budget(entry with { Signal = new Signal(Direction.Long, 1, double.NaN, double.NaN) }, limits));
        Assert.Equal(5_000m, Budget(entry with { Signal = new Signal(Direction.Long, 1, double.NaN, double.NaN), Market = default }, limits));
        // A stop 10 % below stands for a day's move: 20 % / (10 % * sqrt(365)) of 10,000.
        Assert.Equal(1046.8478m, decimal.Round(Budget(entry with { Market = default }, limits), 4));
    }

    [Fact]
    public void No_size_exceeds_a_cap_and_none_is_rounded_up() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var price = 0.5 + (random.NextDouble() * 1_000);
            var stop = price * (0.5 + (random.NextDouble() * 0.499));
            var entry = new Entry
            {
                Price = price,
                Signal = new Signal(Direction.Long, 1, stop, price * (1 + random.NextDouble())),
                Equity = Amount(random, 100_000),
                FreeCash = Amount(random, 100_000),
                SymbolExposure = Amount(random, 1_000),
                TotalExposure = Amount(random, 50_000),
                ClusterExposure = random.Next(2) == 0 ? -1 : Amount(random, 20_000),
                Market = random.Next(3) == 0 ? default : new EntryMarket { Volatility = random.NextDouble() * 2, Odds = new WinOdds(random.NextDouble(), random.Next(100)) },
            };
            var limits = Free with
            {
                MaxPositionShare = 0.001m + (random.Next(999) / 1000m),
                RiskPerTrade = Share(random, 0.05),
                VolatilityTarget = Share(random, 1),
                KellyFraction = Share(random, 1),
                KellyMaxRisk = 0.001m + Share(random, 0.1),
                MaxExposure = Share(random, 1),
                MaxSymbolExposure = Share(random, 1),
                MaxClusterExposure = Share(random, 1),
            };
            var decision = entry.Judge(limits);
            if (!decision.IsApproved) return true;
            var (budget, equity) = (decision.Order.Budget, entry.Equity);
            const decimal Dust = 0.00000001m;
            var distance = ((decimal)price - decision.Order.Stop) / (decimal)price;
            return budget <= entry.FreeCash
                && budget <= equity * limits.MaxPositionShare
                && (limits.RiskPerTrade == 0 || budget * distance <= (equity * limits.RiskPerTrade) + Dust)
                && (limits.VolatilityTarget == 0 || entry.Market.Volatility == 0 || (double)budget * entry.Market.Volatility <= (double)(equity * limits.VolatilityTarget) * (1 + 1e-12))
                && (limits.MaxExposure == 0 || budget + entry.TotalExposure <= equity * limits.MaxExposure)
                && (limits.MaxSymbolExposure == 0 || budget + entry.SymbolExposure <= equity * limits.MaxSymbolExposure)
                && (limits.MaxClusterExposure == 0 || budget + Math.Max(entry.ClusterExposure, 0) <= equity * limits.MaxClusterExposure)
                && (limits.KellyFraction == 0 || !entry.Market.Odds.IsKnown || (double)budget * (price - stop) / price <= (double)(equity * limits.KellyMaxRisk) * (1 + 1e-12))
                && budget == decimal.Round(budget, 8);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    private static decimal Budget(Entry entry, RiskLimits limits)
    {
        var request = entry.ToRequest();
        var stop = entry.Signal.IsProtected ? entry.Rules.RoundDownToTick(entry.Signal.Stop) : 0;
        return PositionSizer.Budget(in request, limits, stop);
    }

    private static decimal Amount(Random random, int most) => random.Next(most * 100) / 100m;

    /// <summary>Off as often as not.</summary>
    private static decimal Share(Random random, double most) => random.Next(2) == 0 ? 0.0m : 0.001m + decimal.Round((decimal)(random.NextDouble() * (most - 0.001)), 6);

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
