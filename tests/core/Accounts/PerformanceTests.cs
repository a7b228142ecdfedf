using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Accounts.Performance;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

public class PerformanceTests
{
    private static readonly DateTime Monday = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly PerformanceBook _book = new();
    private long _sequence = 1;

    [Fact]
    public void A_day_ends_with_the_bar_that_closes_at_midnight()
    {
        Open(1_000);
        _book.Mark(Monday.AddHours(12), 1_050);
        _book.Mark(Monday.AddDays(1), 1_100);
        _book.Mark(Monday.AddDays(1).AddHours(1), 990);

        Assert.Equal([(Monday, 1_000, 1_100), (Monday.AddDays(1), 1_100, 990)], _book.Days.Items.Select(day => (day.From, day.Begin, day.End)));
        Assert.Equal(-0.1, _book.Days.Items[1].Return, 12);
    }

    [Fact]
    public void Weeks_begin_on_Monday_and_months_on_the_first()
    {
        Open(1_000);
        foreach (var day in new[] { 1, 7, 8, 31, 32 }) _book.Mark(Monday.AddDays(day - 1).AddHours(1), 1_000 + day);

        Assert.Equal([0, 7, 28], _book.Weeks.Items.Select(week => (week.From - Monday).TotalDays));
        Assert.Equal([0, 31], _book.Months.Items.Select(month => (month.From - Monday).TotalDays));
        Assert.Equal([1_007, 1_008, 1_032], _book.Weeks.Items.Select(week => week.End));
    }

    [Fact]
    public void A_payment_changes_neither_profit_nor_return()
    {
        Open(1_000);
        _book.Mark(Monday.AddHours(1), 1_100);
        Add(new Fact { Kind = FactKind.FundsMoved, Time = Monday.AddHours(1), Amount = 1_100, Equity = 1_100 });
        _book.Mark(Monday.AddHours(2), 1_980);

        var day = _book.Days.Items.Single();
        // 10 % up, then 10 % down.
        Assert.Equal(-0.01, day.Return, 12);
        Assert.Equal(-120, day.Pnl, 9);
        Assert.Equal((1_100m, 2_100m), (day.Flows, _book.Paid));
    }

    [Fact]
    public void Trades_are_summed_by_what_they_were()
    {
        Open(1_000, "trend");
        Enter("BTCUSDT", MarketRegime.TrendingUp);
        Close("BTCUSDT", 30, ExitReason.Target);
        Add(new Fact { Kind = FactKind.TermsChanged, Terms = "", Strategy = "hybrid" });
        Enter("BTCUSDT", MarketRegime.Quiet);
        Enter("ETHUSDT", MarketRegime.Quiet);
        Close("BTCUSDT", -10, ExitReason.Stop);
        Close("ETHUSDT", -5, ExitReason.Stop);

        Assert.Equal((3, 1, 15m), (_book.Total.Trades, _book.Total.Wins, _book.Total.Pnl));
        Assert.Equal(2, _book.Total.ProfitFactor);
        Assert.Equal([("BTCUSDT", 20m), ("ETHUSDT", -5m)], Sums(_book.BySymbol));
        Assert.Equal([("hybrid", -15m), ("trend", 30m)], Sums(_book.ByStrategy));
        Assert.Equal([("quiet", -15m), ("trending up", 30m)], Sums(_book.ByRegime));
        Assert.Equal([("Stop", -15m), ("Target", 30m)], Sums(_book.ByExit));
        Assert.Equal((3, 15m), (_book.Days.Items.Single().Trades.Trades, _book.Days.Items.Single().Trades.Pnl));
    }

    [Fact]
    public void Facts_that_come_again_count_once()
    {
        Open(1_000);
        Fact[] facts = [new Fact { Kind = FactKind.PositionClosed, Time = Monday.AddHours(1), EntryTime = Monday, Symbol = "BTCUSDT", Amount = 5 }];
        _book.Add(2, facts);
        _book.Add(2, facts);

        Assert.Equal(1, _book.Total.Trades);
    }

    [Fact]
    public void The_sums_are_those_of_the_account()
    {
        var book = new PerformanceBook();
        var sequence = 1L;
        var account = Backtester.Run(new BacktestPlan
        {
            Interval = Interval.OneHour,
            Tapes = [new SymbolTape(Build.Btc, Build.Walk(5_000, 1)), new SymbolTape(Build.Eth, Build.Walk(5_000, 2, price: 20))],
            Strategy = () => new TrendStrategy(),
            Limits = new RiskLimits { CooldownBars = 0 },
            Explains = true,
            Listener = facts =>
            {
                book.Add(sequence, facts);
                sequence += facts.Length;
            },
        }, TestContext.Current.CancellationToken);

        Assert.True(book.Total.Trades > 20);
        foreach (var group in new[] { book.BySymbol, book.ByStrategy, book.ByRegime, book.ByExit })
            Assert.Equal((book.Total.Trades, book.Total.Pnl, book.Total.Fees), (group.Values.Sum(one => one.Trades), group.Values.Sum(one => one.Pnl), group.Values.Sum(one => one.Fees)));
        Assert.Equal("trend", Assert.Single(book.ByStrategy.Keys));
        foreach (var position in account.Positions.Where(position => position is { IsIdle: true, IsDust: false }))
            Assert.Equal((position.Record.Trades, position.Record.RealisedPnl), (book.BySymbol[position.Symbol].Trades, book.BySymbol[position.Symbol].Pnl));
    }

    private static IEnumerable<(string Name, decimal Pnl)> Sums(SortedDictionary<string, TradeResults> group) => group.Select(pair => (pair.Key, pair.Value.Pnl));

    private void Open(decimal cash, string strategy = "") => Add(new Fact { Kind = FactKind.AccountOpened, Time = Monday, Amount = cash, Strategy = strategy });

    private void Enter(string symbol, MarketRegime regime) => Add(new Fact
    {
        Kind = FactKind.OrderCreated,
        Purpose = OrderPurpose.Entry,
        Time = Monday,
        Symbol = symbol,
        Decision = new Decision(new Signal(Direction.Long, 1, 1, 2) { Regime = regime }, 1, RefusalCode.None, [], []),
    });

    private void Close(string symbol, decimal pnl, ExitReason exit) =>
        Add(new Fact { Kind = FactKind.PositionClosed, Time = Monday.AddHours(3), EntryTime = Monday.AddHours(1), Symbol = symbol, Amount = pnl, Exit = exit });

    private void Add(Fact fact) => _book.Add(_sequence++, [fact]);
}
