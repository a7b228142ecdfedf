using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;
using Xunit;
using Interval = OrleansTrader.Core.Market.Interval;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>
/// Whatever becomes of the reports of an exchange on their way (twice, late, before others that were told earlier, or lost until somebody
/// looks), the account ends with what the exchange has: its cash, its coins and its open orders.
/// </summary>
public class ReportOrderProperties
{
    private const int Cases = 10_000;
    private const int Bars = 40;

    [Fact]
    public void Reports_in_any_order_end_in_what_the_exchange_has()
    {
        var (fills, stops, targets, parts) = (0, 0, 0, 0);
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var run = new Run(seed);
            var difference = run.ToEnd();
            Assert.True(difference is null, $"{seed}: {difference}");
            fills += run.Facts.Count(fact => fact.Kind == FactKind.Filled);
            stops += run.Facts.Count(fact => fact is { Kind: FactKind.Filled, Leg: OcoLeg.Stop });
            targets += run.Facts.Count(fact => fact is { Kind: FactKind.Filled, Leg: OcoLeg.Target });
            parts += run.Facts.Count(fact => fact is { Kind: FactKind.Filled, Purpose: OrderPurpose.Reduction });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
        Assert.True(fills > 5 * Cases && stops > Cases / 5 && targets > Cases / 5 && parts > Cases / 20, $"{fills} fills, {stops} at stops, {targets} at targets and {parts} of parts prove little");
    }

    private sealed class Run
    {
        private readonly Random _random;
        private readonly Candle[] _bars;
        private readonly Account _account = new(new AccountState { Name = "test" }, explains: false);
        private readonly MatchingEngine _exchange;
        private readonly SymbolBook _book;
        private readonly SymbolAnalyzer _analyzer;
        private readonly RiskLimits _limits;
        private readonly List<ExecutionReport> _told = [];
        private readonly List<ExecutionReport> _underWay = [];

        public Run(int seed)
        {
            _random = new Random(seed);
            _bars = Build.Walk(Bars, seed);
            _limits = RiskLimits.None with { MaxPositionShare = _random.Next(3, 11) / 10m };
            _exchange = new MatchingEngine(
                new MatchingOptions { FeeBps = 10, SlippageBps = 5, MaxVolumeShare = _random.Next(3) * 0.02, FeeAsset = _random.Next(2) == 0 ? FeeAsset.Quote : FeeAsset.Base }, Interval.OneHour, cash: 10_000);
            _book = _exchange.List(Build.Btc);
            var exits = _random.Next(3) == 0 ? new ExitRules() : RandomExits.Of(_random);
            _analyzer = new SymbolAnalyzer(new CoinStrategy(seed, adds: _random.Next(2) == 0), tellsRegime: false, Interval.OneHour, exits);
            _account.Use(exits);
            Turn(() => _account.Open(10_000, "a test", Interval.OneHour, Build.Start));
            Turn(() => _account.List(Build.Btc, Build.Start));
        }

        public List<Fact> Facts { get; } = [];

        /// <returns>What differs in the end; null when nothing does.</returns>
        public string? ToEnd()
        {
            for (var i = 0; i < Bars; i++) Step(i, isQuiet: i >= Bars - 10);
            var state = _account.State;
            var (cash, owned) = (_exchange.Cash, _book.Owned);
            if (state.Cash != cash) return $"cash {state.Cash} where the exchange has {cash}";
            if (state.Positions[0].TotalQuantity != owned) return $"{state.Positions[0].TotalQuantity} held where the exchange has {owned}";
            return state.Orders.Count == _book.Resting && state.Orders.TrueForAll(order => _exchange.Holds(Build.Btc.Symbol, order.Id))
                ? null
                : $"orders {string.Join(' ', state.Orders.Select(order => order.Id))} open where the exchange has {_book.Resting}";
        }

        /// <param name="isQuiet">Everything arrives, and nothing new is wanted.</param>
        private void Step(int i, bool isQuiet)
        {
            var bar = _bars[i];
            var time = Build.Close(i);
            _exchange.Match(_book, in bar, _told);
            MatchingEngine.Show(_book, in bar);
            Deliver(time, isQuiet);
            var verdict = _analyzer.OnCandle(in bar);
            Turn(() =>
            {
                _account.Mark(0, bar.Close);
                _account.MarkEquity();
                _account.Decide(0, time, isQuiet ? Signal.Hold : verdict, default, _limits);
                _account.CompleteStep(time);
            });
            Deliver(time, isQuiet);
        }

        private void Deliver(DateTime time, bool isQuiet)
        {
            do
            {
                _underWay.AddRange(_told);
                // Told twice, now and then.
                _underWay.AddRange(_told.Where(_ => !isQuiet && _random.Next(5) == 0));
                _told.Clear();
                var all = _underWay.ToArray();
                _random.Shuffle(all);
                _underWay.Clear();
                var arriving = new List<ExecutionReport>();
                foreach (var report in all) (isQuiet || _random.Next(3) > 0 ? arriving : _underWay).Add(report);
                foreach (var batch in arriving.Chunk(_random.Next(1, 4))) Turn(() => _account.Settle(batch, time));
            }
            while (_told.Count > 0);
        }

        private void Turn(Action act)
        {
            _account.BeginTurn();
            act();
            Facts.AddRange(_account.Facts);
            foreach (var request in _account.Requests.ToArray().OrderBy(request => RequestOrder.RankOf(in request))) _exchange.Submit(in request, _told);
        }
    }
}
