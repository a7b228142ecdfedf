using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

public class AccountProperties
{
    private const int Cases = 10_000;

    [Theory]
    [InlineData(FeeAsset.Quote)]
    [InlineData(FeeAsset.Base)]
    [InlineData(FeeAsset.Bnb)]
    public void Duplicate_late_and_early_reports_end_in_the_same_account(FeeAsset fee) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            foreach (var ending in Enum.GetValues<Ending>())
            {
                var plain = Traded(ending, fee, reports => reports);
                var random = new Random(seed);
                var shuffled = Traded(ending, fee, reports => Disturbed(reports, random));
                if (!string.Equals(Told(plain.State), Told(shuffled.State), StringComparison.Ordinal)) return false;
                if (!string.Equals(Told(shuffled.State), Told(shuffled.Replayed()), StringComparison.Ordinal)) return false;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));

    [Fact]
    public void Cash_and_positions_are_the_equity_and_reservations_never_exceed_cash_whatever_leads_a_trade_and_pays_its_fees()
    {
        var seen = new HashSet<ExitReason>();
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var state = new AccountState { Name = "watched" };
            var isSound = true;
            var plan = new BacktestPlan
            {
                Interval = OrleansTrader.Core.Market.Interval.OneHour,
                Tapes = [new SymbolTape(Build.Btc, Build.Walk(60, seed)), new SymbolTape(Build.Eth, Build.Walk(60, seed + 1, price: 20))],
                Strategy = () => new CoinStrategy(random.Next(), adds: random.Next(2) == 0),
                Matching = new MatchingOptions { FeeBps = 10, SlippageBps = random.Next(0, 40), MaxVolumeShare = random.Next(3) * 0.02, FeeAsset = (FeeAsset)random.Next(3) },
                Limits = new RiskLimits { MaxPositionShare = random.Next(1, 101) / 100m, CooldownBars = random.Next(3), MaxOpenPositions = random.Next(1, 3) },
                Exits = random.Next(4) == 0 ? new ExitRules() : RandomExits.Of(random),
                Listener = facts =>
                {
                    foreach (ref readonly var fact in facts)
                    {
                        isSound &= fact.Kind != FactKind.StopRaised || fact.Stop > state.Positions[Ledger.SlotOf(state, fact.Symbol!)].Stop;
                        Ledger.Apply(state, in fact);
                        isSound &= IsSound(state);
                        seen.Add(fact.Kind == FactKind.Filled ? fact.Exit : ExitReason.None);
                    }
                },
            };
            var end = Backtester.Run(plan);
            var total = PortfolioFigures.Of(end);
            return isSound
                && total.Equity == plan.Cash + total.RealisedPnl + total.OpenPnl
                && end.Cash + end.Positions.Sum(position => position.TotalCost) == plan.Cash + total.RealisedPnl
                && (end.Cash, end.Fees) == (state.Cash, state.Fees);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
        // Where nothing is left by a rule nothing is shown of it.
        Assert.Superset(new HashSet<ExitReason> { ExitReason.Stop, ExitReason.Target, ExitReason.Signal, ExitReason.Trailing, ExitReason.BreakEven, ExitReason.TimeStop, ExitReason.Partial }, seen);
    }

    [Fact]
    public void No_approval_violates_a_limit_whatever_the_order_of_events() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            const int Bars = 60;
            var random = new Random(seed);
            var limits = RandomLimits(random);
            Candle[][] bars = [Build.Walk(Bars, seed), Build.Walk(Bars, seed + 1, price: 20)];
            var state = new AccountState { Name = "watched" };
            var isWithin = true;
            Backtester.Run(new BacktestPlan
            {
                Interval = OrleansTrader.Core.Market.Interval.OneHour,
                Tapes = [new SymbolTape(Build.Btc, bars[0]), new SymbolTape(Build.Eth, bars[1])],
                Strategy = () => new CoinStrategy(random.Next(), adds: random.Next(2) == 0),
                Matching = new MatchingOptions { FeeBps = 10, SlippageBps = random.Next(0, 40), MaxVolumeShare = random.Next(3) * 0.02 },
                Limits = limits,
                Exits = random.Next(2) == 0 ? new ExitRules() : RandomExits.Of(random),
                Listener = facts =>
                {
                    foreach (ref readonly var fact in facts)
                    {
                        if (fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry })
                        {
                            // What was known at the decision: the bars that had closed by then.
                            var bar = (int)(fact.Time - Build.Start).TotalHours - 1;
                            for (var slot = 0; slot < bars.Length; slot++) state.Positions[slot].Mark = bars[slot][bar].Close;
                            isWithin &= IsWithin(limits, state, in fact) && IsWithinMeasured(limits, state, in fact, bars, bar);
                        }

                        Ledger.Apply(state, in fact);
                        isWithin &= IsSound(state);
                    }
                },
            });
            return isWithin;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));

    [Fact]
    public void Cash_positions_and_reservations_are_sound_and_facts_alone_rebuild_them_while_funds_move_and_an_account_is_rebalanced()
    {
        const int Events = 60;
        var (payments, coins, sales, purchases) = (0, 0, 0, 0);
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var dealings = new Dealings(seed);
            for (var i = 0; i < Events; i++) Assert.True(dealings.Next(), $"{seed}, event {i}: {dealings.Problem}");
            Assert.Equal(Dealings.Told(dealings.Trader.State), Dealings.Told(dealings.Trader.Replayed()));
            (payments, coins, sales, purchases) = (payments + dealings.PaymentsOfReserved, coins + dealings.CoinsOfPositions, sales + dealings.RebalanceSales, purchases + dealings.RebalancePurchases);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
        Assert.True(payments > Cases / 10 && coins > Cases / 10 && sales > Cases / 10 && purchases > Cases / 10, $"{payments} payments of what was reserved, {coins} coins of positions, {sales} sales and {purchases} purchases by a rebalancing prove little");
    }

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

    private static bool IsWithin(RiskLimits limits, AccountState state, in Fact entry)
    {
        var (equity, risk) = (state.EquityValue, state.Risk);
        var exposure = state.Reserved + state.Positions.Sum(position => position.Value);
        var (symbol, time) = (entry.Symbol!, entry.Time);
        var position = state.Positions[Ledger.SlotOf(state, symbol)];
        var (price, held) = ((decimal)position.Mark, position.IsHeld ? position.Value : 0);
        return entry.Amount > 0
            && entry.Amount <= state.FreeCash
            && held + entry.Amount <= equity * limits.MaxPositionShare
            && state.Run == RunState.Running
            && risk.Hits == LimitHits.None
            && !risk.Locks.Exists(known => known.Holds(symbol, time))
            && state.Positions.Count(position => !position.IsIdle && !string.Equals(position.Symbol, symbol, StringComparison.Ordinal)) < limits.MaxOpenPositions
            && (limits.MaxExposure == 0 || exposure + entry.Amount <= equity * limits.MaxExposure)
            && (limits.MaxDailyLoss == 0 || equity > risk.DayEquity * (1 - limits.MaxDailyLoss))
            && (limits.MaxLossStreak == 0 || risk.LossStreak < limits.MaxLossStreak)
            && (limits.MaxTradesPerDay == 0 || (risk.Day == time.Date && risk.DayEntries < limits.MaxTradesPerDay))
            && (limits.RiskPerTrade == 0 || entry.Stop == 0 || (held + entry.Amount) * (price - entry.Stop) / price <= (equity * limits.RiskPerTrade) + 0.00000001m);
    }

    /// <summary>The limits on what is measured over the bars, measured anew from all of them.</summary>
    private static bool IsWithinMeasured(RiskLimits limits, AccountState state, in Fact entry, Candle[][] bars, int bar)
    {
        var slot = Ledger.SlotOf(state, entry.Symbol!);
        var (own, other, equity) = (state.Positions[slot], state.Positions[1 - slot], state.EquityValue);
        const decimal Rounding = 0.00000001m;
        if (limits.CooldownBars > 0 && own.LastExitTime != default && (entry.Time - own.LastExitTime).TotalHours < limits.CooldownBars) return false;
        if (limits.MaxSymbolExposure > 0 && own.Value + entry.Amount > (equity * limits.MaxSymbolExposure) + Rounding) return false;
        if (limits.MaxClusterExposure > 0)
        {
            var taken = own.Value;
            var owned = other.Value + state.Orders.Where(order => order.Request.Purpose == OrderPurpose.Entry).Sum(order => order.Reserved);
            if (bar >= limits.CorrelationBars && Correlation(Returns(bars[slot], bar, limits.CorrelationBars), Returns(bars[1 - slot], bar, limits.CorrelationBars)) >= (double)limits.ClusterCorrelation) taken += owned;
            if (taken + entry.Amount > (equity * limits.MaxClusterExposure) + Rounding) return false;
        }

        if (limits.VolatilityTarget > 0 && bar >= limits.VolatilityBars)
        {
            var returns = Returns(bars[slot], bar, limits.VolatilityBars);
            var mean = returns.Average();
            var volatility = Math.Sqrt(returns.Sum(change => (change - mean) * (change - mean)) / (returns.Length - 1) * 24 * 365);
            if ((double)entry.Amount * volatility > (double)(equity * limits.VolatilityTarget) * (1 + 1e-9)) return false;
        }

        var price = (decimal)own.Mark;
        return limits.MinRewardToRisk == 0 || entry.Stop == 0 || entry.Target == 0 || entry.Target - price >= (limits.MinRewardToRisk * (price - entry.Stop)) - 0.02m;
    }

    private static double[] Returns(Candle[] bars, int latest, int count) =>
        [.. Enumerable.Range(latest - count + 1, count).Select(bar => Math.Log(bars[bar].Close / bars[bar - 1].Close))];

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }

    private static RiskLimits RandomLimits(Random random) => new()
    {
        MaxPositionShare = random.Next(1, 101) / 100m,
        CooldownBars = random.Next(3),
        MaxOpenPositions = random.Next(1, 3),
        MaxDailyLoss = random.Next(4) / 100m,
        DailyLossReaction = (LimitReaction)random.Next(3),
        MaxDrawdown = random.Next(4) / 50m,
        DrawdownReaction = (LimitReaction)random.Next(3),
        MaxLossStreak = random.Next(4),
        LossStreakReaction = (LimitReaction)random.Next(3),
        MaxTradesPerDay = random.Next(5),
        TradesPerDayReaction = (LimitReaction)random.Next(3),
        OpenPositionsReaction = (LimitReaction)random.Next(3),
        MaxExposure = random.Next(11) / 10m,
        RiskPerTrade = random.Next(4) / 200m,
        StopGuardStops = random.Next(3),
        StopGuardPerSymbol = random.Next(2) == 0,
        MaxRecentDrawdown = random.Next(3) / 200m,
        LowProfitTrades = random.Next(4),
        MaxSymbolExposure = random.Next(4) * 0.2m,
        MaxClusterExposure = random.Next(4) * 0.2m,
        CorrelationBars = 10,
        ClusterCorrelation = random.Next(1, 6) / 10m,
        VolatilityTarget = random.Next(3) * 0.4m,
        VolatilityBars = 12,
        MinRewardToRisk = random.Next(3) / 2m,
    };

    private static bool IsSound(AccountState state)
    {
        var held = state.Orders.Where(order => order.Request.Side == OrderSide.Buy).Sum(order => order.Reserved);
        return state.Cash >= 0
            && state.Reserved == held
            && state.Reserved <= state.Cash
            && state.Positions.TrueForAll(position => position.Quantity >= 0 && position.Cost >= 0 && position.Reduction <= position.Quantity)
            && state.Orders.Select(order => order.Id).Distinct().Count() == state.Orders.Count;
    }

    /// <summary>How an exchange says that an order is done.</summary>
    private enum Ending
    {
        /// <summary>The last trade is marked as such.</summary>
        LastTrade,

        /// <summary>A report of its own: what is left of the order has expired.</summary>
        Expired,
    }

    /// <summary>An account that bought in three parts, and sold in three parts what it had bought.</summary>
    private static Trader Traded(Ending ending, FeeAsset fee, Func<ExecutionReport[], ExecutionReport[]> disturb)
    {
        var trader = new Trader();
        var entry = trader.Buy().Single();
        Report(
            trader.Accepted(entry),
            trader.Traded(entry, 1, 2, 100, isLast: false, fee: 0.2m),
            trader.Traded(entry, 2, 3, 101, isLast: false, fee: 0.3m),
            trader.Traded(entry, 3, 1, 102, isLast: ending == Ending.LastTrade, fee: 0.1m) with { TradedInAll = 6 },
            trader.Ended(entry, ReportKind.Expired, tradedInAll: 6));
        trader.NextHour();
        var sale = trader.Leave().Single();
        Report(
            trader.Accepted(sale),
            trader.Traded(sale, 4, 1, 103, isLast: false, fee: 0.1m),
            trader.Traded(sale, 5, 2, 104, isLast: false, fee: 0.2m),
            trader.Traded(sale, 6, sale.Quantity - 3, 105, isLast: ending == Ending.LastTrade, fee: 0.3m) with { TradedInAll = sale.Quantity },
            trader.Ended(sale, ReportKind.Expired, tradedInAll: sale.Quantity));
        return trader;

        void Report(params ExecutionReport[] reports)
        {
            if (ending == Ending.LastTrade) reports = reports[..^1];
            foreach (var report in disturb(reports)) Assert.Empty(trader.Report(Paid(report)));
        }

        // Only what was bought can be paid in itself; of that the sale has less.
        ExecutionReport Paid(ExecutionReport report) => report switch
        {
            { Fee: 0 } => report,
            _ when fee == FeeAsset.Bnb => report with { FeeAsset = fee, Fee = report.Fee / 300, FeeValue = report.Fee },
            { TradeId: <= 3 } when fee == FeeAsset.Base => report with { FeeAsset = fee, Fee = report.Fee / 100, FeeValue = report.Fee },
            _ => report,
        };
    }

    private static ExecutionReport[] Disturbed(ExecutionReport[] reports, Random random)
    {
        ExecutionReport[] disturbed = [.. reports, .. reports.Where(_ => random.Next(2) == 0)];
        random.Shuffle(disturbed);
        return disturbed;
    }

    /// <summary>All of the account but its count of facts and what depends on which of several trades came last.</summary>
    private static string Told(AccountState state)
    {
        var btc = state.Positions[0];
        return FormattableString.Invariant($"""
            cash {state.Cash} reserved {state.Reserved} fees {state.Fees} orders {state.Orders.Count} next {state.NextOrderId}
            booked {state.BookedTrades.Count} last trade {state.LastTradeId}
            held {btc.Quantity} cost {btc.Cost} realised {btc.Record.RealisedPnl:0.########} trades {btc.Record.Trades} leaving {btc.Leaving}
            working {btc.EntryOrderId} {btc.ProtectionOrderId} {btc.ExitOrderId} dust {btc.Dust} last exit {btc.LastExitTime:O}
            """);
    }
}
