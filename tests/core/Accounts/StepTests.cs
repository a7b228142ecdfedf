using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>The backtester, which passes quiet bars without the stages of a step, against every stage at every bar.</summary>
public class StepTests
{
    public static TheoryData<string, double, int> Runs => new MatrixTheoryData<string, double, int>(["trend", "sma-cross", "coin"], [0, 0.05], [1, 2, 3]);

    [Theory]
    [MemberData(nameof(Runs))]
    public void Quiet_bars_passed_over_change_nothing(string strategy, double volumeShare, int symbols)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var plan = Plan(strategy, volumeShare, symbols, seed);
            var facts = new List<Fact>();
            var fast = Backtester.Run(plan with { Listener = batch => facts.AddRange(batch) }, TestContext.Current.CancellationToken).Account;
            var silent = Backtester.Run(plan, TestContext.Current.CancellationToken).Account;
            var (slow, expected) = EveryStage(plan);

            Assert.Equal(expected, facts);
            foreach (var state in new[] { fast, silent })
            {
                Assert.Equal(
                    (slow.Sequence, slow.StepTime, slow.StepPhase, slow.Cash, slow.EquityValue, slow.Equity.Latest, slow.Equity.Peak, slow.Equity.MaxDrawdown),
                    (state.Sequence, state.StepTime, state.StepPhase, state.Cash, state.EquityValue, state.Equity.Latest, state.Equity.Peak, state.Equity.MaxDrawdown));
                Assert.Equal(slow.Positions.Select(Marks), state.Positions.Select(Marks));
            }
        }
    }

    private static (double Mark, double Peak, double MaxDrawdown, RefusalCode LastRefusal) Marks(Position position) =>
        (position.Mark, position.Record.Equity.Peak, position.Record.Equity.MaxDrawdown, position.LastRefusal);

    private static BacktestPlan Plan(string strategy, double volumeShare, int symbols, int seed)
    {
        SymbolTape[] tapes =
        [
            new SymbolTape(Build.Btc, Build.Walk(1_200, seed)),
            new SymbolTape(Build.Eth, Build.Walk(1_200, seed + 100, price: 20).Where((_, i) => i % 50 > 5).ToArray()),
            new SymbolTape(Build.Btc with { Symbol = "SOLUSDT" }, Build.Walk(900, seed + 200, price: 5)),
        ];
        return new BacktestPlan
        {
            Interval = Interval.OneHour,
            Tapes = tapes[..symbols],
            Strategy = () => strategy is "coin" ? new CoinStrategy(seed) : StrategyCatalog.Create(strategy),
            Matching = new MatchingOptions { MaxVolumeShare = volumeShare },
            Limits = new RiskLimits { MaxPositionShare = 0.6m, MaxOpenPositions = 2 },
        };
    }

    /// <summary>The order of events, written out plainly.</summary>
    private static (AccountState State, List<Fact> Facts) EveryStage(BacktestPlan plan)
    {
        var account = new Account(new AccountState { Name = "backtest" }, explains: false);
        var exchange = new MatchingEngine(plan.Matching, plan.Interval, plan.Cash);
        var facts = new List<Fact>();
        var reports = new List<ExecutionReport>();
        var start = plan.Tapes.Min(tape => tape.Candles.Span[0].OpenTime);
        account.Open(plan.Cash, "backtest", plan.Interval, start);
        var lanes = plan.Tapes.Select(tape => (Slot: account.List(tape.Rules, start), Book: exchange.List(tape.Rules), Analyzer: new SymbolAnalyzer(plan.Strategy()),
            Bars: tape.Candles.ToArray().ToDictionary(bar => bar.OpenTime))).ToArray();
        facts.AddRange(account.Facts);

        foreach (var openTime in lanes.SelectMany(lane => lane.Bars.Keys).Distinct().Order())
        {
            var time = plan.Interval.CloseOf(openTime);
            var active = lanes.Where(lane => lane.Bars.ContainsKey(openTime)).ToArray();
            foreach (var lane in active)
            {
                var bar = lane.Bars[openTime];
                MatchingEngine.Show(lane.Book, in bar);
                exchange.Match(lane.Book, in bar, reports);
            }

            Settle();
            account.BeginTurn();
            foreach (var lane in active) account.Mark(lane.Slot, lane.Bars[openTime].Close);
            account.MarkEquity();
            foreach (var lane in active)
            {
                var signal = lane.Analyzer.OnCandle(lane.Bars[openTime]);
                account.Decide(lane.Slot, time, in signal, lane.Analyzer.Votes.Votes, plan.Limits);
            }

            account.CompleteStep(time);
            facts.AddRange(account.Facts);
            Submit();
            Settle();

            void Submit()
            {
                foreach (var request in account.Requests.ToArray().OrderBy(request => RequestOrder.RankOf(in request))) exchange.Submit(in request, reports);
            }

            void Settle()
            {
                while (reports.Count > 0)
                {
                    account.BeginTurn();
                    account.Settle(reports.ToArray(), time);
                    reports.Clear();
                    facts.AddRange(account.Facts);
                    Submit();
                }
            }
        }

        return (account.State, facts);
    }

    /// <summary>Wants this or that at random, protected or not.</summary>
    private sealed class CoinStrategy(int seed) : BarStrategy
    {
        private readonly Random _random = new(seed);

        public override string Name => "coin";

        protected override void Prepare(Core.Indicators.IndicatorSet indicators)
        {
        }

        protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => _random.Next(12) switch
        {
            0 => new Signal(Direction.Long, 1, candle.Close * 0.98, candle.Close * 1.02),
            1 => new Signal(Direction.Long, 1, double.NaN, double.NaN),
            2 => Signal.Flat(1),
            _ => Signal.Hold,
        };
    }
}
