using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

public class AccountProperties
{
    private const int Cases = 2_000;

    [Fact]
    public void Duplicate_late_and_early_reports_end_in_the_same_account() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var plain = Filled(Ordered());
            var shuffled = Filled(Disturbed(Ordered(), new Random(seed)));
            return Same(plain.State, shuffled.State);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));

    [Fact]
    public void Cash_and_positions_are_the_equity_and_reservations_never_exceed_cash() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var state = new AccountState { Name = "watched" };
            var isSound = true;
            var plan = new BacktestPlan
            {
                Interval = OrleansTrader.Core.Market.Interval.OneHour,
                Tapes = [new SymbolTape(Build.Btc, Build.Walk(150, seed)), new SymbolTape(Build.Eth, Build.Walk(150, seed + 1, price: 20))],
                Strategy = () => new CoinStrategy(random.Next()),
                Matching = new MatchingOptions { FeeBps = 10, SlippageBps = random.Next(0, 40), MaxVolumeShare = random.Next(3) * 0.02 },
                Limits = new RiskLimits { MaxPositionShare = random.Next(1, 101) / 100m, CooldownBars = random.Next(3), MaxOpenPositions = random.Next(1, 3) },
                Listener = facts =>
                {
                    foreach (ref readonly var fact in facts)
                    {
                        Ledger.Apply(state, in fact);
                        isSound &= IsSound(state);
                    }
                },
            };
            var result = Backtester.Run(plan);
            return isSound && result.Total.Equity == plan.Cash + result.Total.RealisedPnl + result.Total.OpenPnl;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void A_run_is_the_same_each_time()
    {
        Assert.Equal(Hash(1), Hash(1));
        Assert.False(string.Equals(Hash(1), Hash(2), StringComparison.Ordinal));
    }

    private static string Hash(int seed)
    {
        using var hash = new OrderHash();
        Backtester.Run(new BacktestPlan
        {
            Interval = OrleansTrader.Core.Market.Interval.OneHour,
            Tapes = [new SymbolTape(Build.Btc, Build.Walk(2_000, seed))],
            Strategy = () => new TrendStrategy(),
            Listener = facts =>
            {
                foreach (ref readonly var fact in facts) hash.Add(in fact);
            },
        });
        return hash.ToString();
    }

    private static bool IsSound(AccountState state)
    {
        var held = state.Orders.Where(order => order.Request.Side == OrderSide.Buy).Sum(order => order.Reserved);
        return state.Cash >= 0
            && state.Reserved == held
            && state.Reserved <= state.Cash
            && state.Positions.TrueForAll(position => position.Quantity >= 0 && position.Cost >= 0)
            && state.Orders.Select(order => order.Id).Distinct().Count() == state.Orders.Count;
    }

    /// <summary>The reports of an entry in three parts, as an exchange would send them.</summary>
    private static List<Func<Trader, OrderRequest, ExecutionReport>> Ordered() =>
    [
        (trader, entry) => trader.Accepted(entry),
        (trader, entry) => trader.Traded(entry, 1, 2, 100, isLast: false, fee: 0.2m),
        (trader, entry) => trader.Traded(entry, 2, 3, 101, isLast: false, fee: 0.3m),
        (trader, entry) => trader.Traded(entry, 3, 1, 102, isLast: false, fee: 0.1m),
        (trader, entry) => trader.Ended(entry, ReportKind.Expired, tradedInAll: 6),
    ];

    private static List<Func<Trader, OrderRequest, ExecutionReport>> Disturbed(List<Func<Trader, OrderRequest, ExecutionReport>> reports, Random random)
    {
        var disturbed = reports.Concat(reports.Where(_ => random.Next(2) == 0)).ToArray();
        random.Shuffle(disturbed);
        return [.. disturbed];
    }

    private static Trader Filled(List<Func<Trader, OrderRequest, ExecutionReport>> reports)
    {
        var trader = new Trader();
        var entry = trader.Buy().Single();
        foreach (var report in reports) trader.Report(report(trader, entry));
        return trader;
    }

    private static bool Same(AccountState a, AccountState b) =>
        (a.Cash, a.Reserved, a.Fees, a.Positions[0].Quantity, a.Positions[0].Cost, a.Orders.Count)
        == (b.Cash, b.Reserved, b.Fees, b.Positions[0].Quantity, b.Positions[0].Cost, b.Orders.Count);

    /// <summary>Wants this or that at random, protected or not.</summary>
    private sealed class CoinStrategy(int seed) : BarStrategy
    {
        private readonly Random _random = new(seed);

        public override string Name => "coin";

        protected override void Prepare(Core.Indicators.IndicatorSet indicators)
        {
        }

        protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => _random.Next(6) switch
        {
            0 => new Signal(Direction.Long, 1, candle.Close * 0.99, candle.Close * 1.01),
            1 => new Signal(Direction.Long, 1, double.NaN, double.NaN),
            2 => Signal.Flat(1),
            _ => Signal.Hold,
        };
    }
}
