using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.StrategyFiles;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Adapters.Tests.StrategyFiles;

/// <summary>The strategy that comes as a pattern to copy does what it says.</summary>
public class SampleTests
{
    [Fact]
    public async Task It_compiles_and_trades()
    {
        var library = new StrategyFolder(Folder(), Interval.OneHour).Load();
        Assert.Empty(library.Problems);
        var entry = library.Find("pullback");
        Assert.NotNull(entry);

        var feed = new SyntheticFeed(7, Interval.OneHour, ["BTCUSDT"]);
        var bars = await feed.HistoryAsync("BTCUSDT", DateTime.MinValue, DateTime.MaxValue, 12_000, TestContext.Current.CancellationToken);
        var exits = new HashSet<ExitReason>();
        var state = Backtester.Run(
            new BacktestPlan
            {
                Interval = Interval.OneHour,
                Tapes = [new SymbolTape(feed.Symbols[0], bars.ToArray())],
                Strategy = () => entry.Create(entry.Defaults),
                Listener = facts =>
                {
                    foreach (ref readonly var fact in facts)
                        if (fact.Kind == FactKind.PositionClosed)
                            exits.Add(fact.Exit);
                },
            },
            TestContext.Current.CancellationToken);
        Assert.True(PortfolioFigures.Of(state).Trades > 10, $"only {PortfolioFigures.Of(state).Trades} trades");
        Assert.Contains(ExitReason.Signal, exits);
        Assert.Contains(ExitReason.Stop, exits);
    }

    [Fact]
    public async Task It_gives_the_same_signals_singly_in_blocks_and_across_a_restart()
    {
        var entry = new StrategyFolder(Folder(), Interval.OneHour).Load().Find("pullback")!;
        var bars = (await new SyntheticFeed(7, Interval.OneHour, ["BTCUSDT"]).HistoryAsync("BTCUSDT", DateTime.MinValue, DateTime.MaxValue, 4_000, TestContext.Current.CancellationToken)).ToArray();
        var (singly, inBlocks) = (New(), New());
        var signals = new Signal[bars.Length];
        var columns = new BarColumns();
        for (var start = 0; start < bars.Length; start += 250) inBlocks.OnCandles(columns.Of(bars.AsSpan(start, 250)), signals.AsSpan(start, 250));
        for (var i = 0; i < bars.Length; i++)
        {
            if (i % 777 == 0)
            {
                var restored = New();
                restored.Restore(singly.Save());
                singly = restored;
            }

            Assert.Equal(signals[i], singly.OnCandle(in bars[i]));
        }

        Assert.Contains(signals, signal => signal.Direction == Direction.Long);

        SymbolAnalyzer New() => new(entry.Create(entry.Defaults), tellsRegime: true, Interval.OneHour);
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var strategies = Path.Combine(folder.FullName, "strategies");
            if (File.Exists(Path.Combine(strategies, "pullback.cs"))) return strategies;
        }

        throw new DirectoryNotFoundException("There is no strategies/pullback.cs above the test.");
    }
}
