using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Backtesting;

/// <summary>Days on which the market fell, traded by someone who always wants to own everything, without a stop: the limits alone hold the loss.</summary>
public class CrashDayTests
{
    private static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"];
    private static readonly MatchingOptions Costs = new() { FeeBps = 10, SlippageBps = 5, MaxVolumeShare = 0 };

    public static TheoryData<string, RefusalCode, LimitReaction> Days =>
        new MatrixTheoryData<string, RefusalCode, LimitReaction>(["2021-05-19", "2022-11-08", "2022-11-09"], [RefusalCode.DailyLoss, RefusalCode.Drawdown], [LimitReaction.Refuse, LimitReaction.Flatten]);

    [Theory]
    [MemberData(nameof(Days))]
    public void The_loss_stays_within_the_limit_and_what_the_bar_in_which_it_fires_can_take(string date, RefusalCode limit, LimitReaction reaction)
    {
        var day = DateTime.SpecifyKind(DateTime.Parse(date, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
        var run = new Run(day, limit, reaction);
        var (fires, from) = run.Fires;
        Assert.InRange(fires, day, day.AddDays(1));

        // What was held when the bar began that carried the equity over the limit, from its first price to its lowest.
        var held = run.HeldBefore(fires);
        var lost = from * (decimal)run.Share;
        foreach (var (symbol, quantity) in held)
        {
            var bar = run.BarOf(symbol, fires);
            var before = run.BarOf(symbol, fires - Interval.OneHour.Length);
            // The range from where the bar before has left the price: what lies between two bars belongs to the fall as well.
            lost += quantity * (decimal)(Math.Max(before.Close, bar.Open) - bar.Low);
        }

        Assert.NotEmpty(held);
        Assert.True(from - run.EquityAt(fires, held) <= lost, $"{from - run.EquityAt(fires, held)} were lost, {lost} at the most");
        Assert.DoesNotContain(run.Facts, fact => fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry } && fact.Time >= fires && fact.Time < day.AddDays(1));
        if (reaction == LimitReaction.Refuse) return;

        // Sold at the open of the next bar, where a gap, slippage and fees add what the test takes from the candles.
        var cost = 0m;
        foreach (var (symbol, quantity) in held)
        {
            var (bar, next) = (run.BarOf(symbol, fires), run.BarOf(symbol, fires + Interval.OneHour.Length));
            cost += quantity * (decimal)((bar.Close - next.Open) + (next.Open * (Costs.SlippageBps + (double)Costs.FeeBps) / 10_000));
        }

        var sold = run.Facts.Where(fact => fact is { Kind: FactKind.PositionClosed, Exit: ExitReason.Limit } && fact.Time >= fires && fact.Time <= fires.AddHours(1)).ToList();
        Assert.Equal(held.Count, sold.Count);
        var left = run.CashAfter(fires.AddHours(1));
        Assert.True(from - left <= lost + Math.Max(0, cost) + 0.1m, $"{from - left} were lost in the end, {lost + cost} at the most");
    }

    private sealed class Run
    {
        private readonly Dictionary<string, Dictionary<DateTime, Candle>> _bars;
        private readonly RefusalCode _limit;

        public Run(DateTime day, RefusalCode limit, LimitReaction reaction)
        {
            _limit = limit;
            _bars = Symbols.ToDictionary(symbol => symbol, symbol => TestData.Candles(symbol, "1h").Where(bar => bar.OpenTime >= day.AddHours(-2) && bar.OpenTime < day.AddDays(1)).ToDictionary(bar => Interval.OneHour.CloseOf(bar.OpenTime)), StringComparer.Ordinal);
            var plan = new BacktestPlan
            {
                Interval = Interval.OneHour,
                Tapes = [.. Symbols.Select(symbol => new SymbolTape(new SymbolRules(symbol, symbol[..^4], "USDT", 0.0001m, 0.0001m, 5), _bars[symbol].Values.OrderBy(bar => bar.OpenTime).ToArray()))],
                Strategy = () => new Always(),
                Matching = Costs,
                Limits = limit == RefusalCode.DailyLoss
                    ? Base with { MaxDailyLoss = (decimal)Share, DailyLossReaction = reaction }
                    : Base with { MaxDrawdown = (decimal)Share, DrawdownReaction = reaction },
                Listener = batch => Facts.AddRange(batch),
            };
            Backtester.Run(plan, TestContext.Current.CancellationToken);
        }

        public List<Fact> Facts { get; } = [];

        public double Share => _limit == RefusalCode.DailyLoss ? 0.04 : 0.06;

        private static RiskLimits Base => RiskLimits.None with { MaxPositionShare = 0.2m, MaxExposure = 0.8m };

        /// <summary>When the limit was crossed, and the equity from which it counts.</summary>
        public (DateTime Time, decimal From) Fires
        {
            get
            {
                var hit = Assert.Single(Facts, fact => fact.Kind == FactKind.LimitHit);
                Assert.Equal(_limit, hit.Breach!.Limit);
                var state = StateBefore(hit.Time);
                return (hit.Time, _limit == RefusalCode.DailyLoss ? state.Risk.DayEquity : Peak(hit.Time));
            }
        }

        public Candle BarOf(string symbol, DateTime close) => _bars[symbol][close];

        /// <summary>What every symbol had when the bar that closed then was still to come.</summary>
        public List<(string Symbol, decimal Quantity)> HeldBefore(DateTime time) =>
            [.. StateBefore(time).Positions.Where(position => position.TotalQuantity > 0).Select(position => (position.Symbol, position.TotalQuantity))];

        public decimal EquityAt(DateTime time, List<(string Symbol, decimal Quantity)> held) =>
            StateBefore(time).Cash + held.Sum(item => item.Quantity * (decimal)BarOf(item.Symbol, time).Close);

        public decimal CashAfter(DateTime time)
        {
            var state = new AccountState();
            foreach (var fact in Facts.Where(fact => fact.Time <= time)) Ledger.Apply(state, in fact);
            Assert.All(state.Positions, position => Assert.Equal(0, position.Quantity));
            return state.Cash + state.Positions.Sum(position => position.Dust * (decimal)BarOf(position.Symbol, time).Open);
        }

        private AccountState StateBefore(DateTime time)
        {
            var state = new AccountState();
            foreach (var fact in Facts.TakeWhile(fact => fact.Kind != FactKind.LimitHit || fact.Time != time)) Ledger.Apply(state, in fact);
            return state;
        }

        /// <summary>The highest equity at any close before, by the candles.</summary>
        private decimal Peak(DateTime time)
        {
            var state = new AccountState();
            var (peak, next) = (0m, 0);
            foreach (var close in _bars.Values.SelectMany(bars => bars.Keys).Distinct().Order().Where(close => close < time))
            {
                for (; next < Facts.Count && Facts[next].Time <= close && Facts[next].Kind != FactKind.LimitHit; next++)
                {
                    var fact = Facts[next];
                    Ledger.Apply(state, in fact);
                }

                var equity = state.Cash + state.Positions.Sum(position => position.TotalQuantity * (decimal)BarOf(position.Symbol, close).Close);
                peak = Math.Max(peak, Math.Max(equity, state.StartCash));
            }

            return peak;
        }
    }

    /// <summary>Wants to own the symbol, whatever happens.</summary>
    private sealed class Always : BarStrategy
    {
        public override string Name => "always";

        protected override void Prepare(IndicatorSet indicators)
        {
        }

        protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => new(Direction.Long, 1, double.NaN, double.NaN);
    }
}
