using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTrader.Adapters.StrategyFiles;
using OrleansTrader.Cluster.Tests.GrainRuntime;
using OrleansTrader.Cluster.Tests.Parity;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Settings;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>A strategy in a file of its owner trades as the others do, may be changed while it runs, and where it fails it halts its symbol only.</summary>
public sealed class OwnStrategyTests : IDisposable
{
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly SymbolRules Cheap = new("AAAUSDT", "AAA", "USDT", 0.01m, 0.001m, 5);
    private static readonly SymbolRules Dear = new("BBBUSDT", "BBB", "USDT", 0.01m, 0.001m, 5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("strategies-");

    private string File => Path.Combine(_folder.FullName, "mine.cs");

    [Fact]
    public async Task It_trades_in_the_grains_exactly_as_in_the_backtester_also_across_a_restart()
    {
        // Owns while the close is above its average, protected.
        Write("return candle.Close > _average.Value ? new Signal(Direction.Long, 1, candle.Close * 0.97, candle.Close * 1.05) : Signal.Flat(1);");
        var run = new ParityRun(Tapes.WithGaps(600), strategy: "mine", library: Load());
        var memory = new ThrowAwayState();
        await using (var first = await run.StartAsync(memory)) await first.RunAsync(333);
        await using var second = await run.StartAsync(memory);
        await second.RunAsync();
        await run.AssertSameAsync(memory, second);
        Assert.Contains(run.Facts, fact => fact.Kind == FactKind.PositionClosed);
    }

    [Fact]
    public async Task Where_it_fails_its_symbol_is_halted_and_the_others_are_traded_on()
    {
        Write("if (candle.Close > 500) throw new InvalidOperationException(\"Too dear.\");\nreturn new Signal(Direction.Long, 1, candle.Close * 0.9, candle.Close * 1.1);");
        await using var host = await StartAsync(new ThrowAwayState(), 40);
        await host.RunAsync();

        var portfolio = await host.Portfolio.ViewAsync();
        Assert.Equal("AAAUSDT", Assert.Single(portfolio.Positions).Symbol);
        Assert.Null((await host.Symbol("AAAUSDT").ViewAsync()).Problem);
        var halted = await host.Symbol("BBBUSDT").ViewAsync();
        Assert.Equal($"Strategy mine ({File}, line 8) failed in Evaluate: InvalidOperationException: Too dear.", halted.Problem);
        Assert.StartsWith("halted: Strategy mine", halted.Verdict, StringComparison.Ordinal);
        Assert.Equal((40, 1_000), (halted.Bars, halted.LastClose));
    }

    [Fact]
    public async Task A_changed_file_trades_from_the_next_step_on_warmed_up_and_the_journal_tells_its_version()
    {
        Write("return Signal.Hold;");
        var memory = new ThrowAwayState();
        await using var host = await StartAsync(memory, 60);
        var time = new ManualTime();
        using var watch = WatchOf(host, time);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        await host.RunAsync(30);
        var before = host.InForce.Choice.Entry.Version;

        // Without its history, the average of 20 bars would be unknown for another 20.
        Write("return _average.IsReady ? new Signal(Direction.Long, 1, candle.Close * 0.9, candle.Close * 1.1) : Signal.Hold;");
        time.Advance(StrategyWatch.Period);
        Assert.Equal(before, host.InForce.Choice.Entry.Version);
        time.Advance(StrategyWatch.Period);
        var after = host.InForce.Choice.Entry.Version;
        Assert.NotEqual(before, after, StringComparer.Ordinal);
        await host.RunAsync(2);

        var facts = await TradingHost.FactsAsync(memory.Journal);
        var agreed = facts.FindIndex(fact => fact.Kind == FactKind.TermsChanged);
        Assert.StartsWith($"Account:Strategy=mine@{after}, Account:Parameters:Bars=20, Paper:", facts[agreed].Terms, StringComparison.Ordinal);
        var told = (await host.Portfolio.HistoryAsync(0, 10)).Notices.Single(notice => notice.Text.StartsWith("It trades by", StringComparison.Ordinal));
        Assert.Matches($"^It trades by Account:Strategy=mine@{after} from now on; the journal has the other [0-9]+ settings\\.$", told.Text);
        var bought = facts.FindIndex(fact => fact.Kind == FactKind.OrderCreated);
        Assert.True(bought > agreed && facts[bought].Time == Start.AddHours(31), "the first step after the change buys");
        var view = await host.Strategy.ViewAsync();
        Assert.Equal(("mine", after, File, null), (view.Name, view.Version, view.File, view.Problem));
    }

    [Fact]
    public async Task A_change_that_cannot_be_used_leaves_the_strategy_as_it_was_and_says_why_until_it_is_mended()
    {
        Write("return new Signal(Direction.Long, 1, candle.Close * 0.9, candle.Close * 1.1);");
        await using var host = await StartAsync(new ThrowAwayState(), 60);
        var time = new ManualTime();
        var log = new LineLog<StrategyWatch>();
        using var watch = WatchOf(host, time, log);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        await host.RunAsync(10);
        var version = host.InForce.Choice.Entry.Version;

        Write("return new Signal(Direction.Long, 1, candle.Close * 0.9, candle.Close * 1.1)");
        time.Advance(2 * StrategyWatch.Period);
        await host.RunAsync(10);
        var view = await host.Strategy.ViewAsync();
        Assert.Equal(version, view.Version);
        Assert.Matches($"^Version {version} goes on: {File}, line 8, column [0-9]+: ; expected .CS1002..$", view.Problem);
        Assert.Equal(2, (await host.Portfolio.ViewAsync()).Positions.Length);
        Assert.All((await host.Portfolio.ViewAsync()).Positions, position => Assert.Equal("protected", position.State));

        System.IO.File.Delete(File);
        time.Advance(2 * StrategyWatch.Period);
        Assert.Equal($"Version {version} goes on: {File} has no strategy mine any more.", host.InForce.Problem);

        Write("return new Signal(Direction.Long, 1, candle.Close * 0.9, candle.Close * 1.1);");
        time.Advance(2 * StrategyWatch.Period);
        Assert.Equal((version, null), (host.InForce.Choice.Entry.Version, host.InForce.Problem));
        Assert.Equal($"{File} can be used again", log.Lines[^1]);
    }

    [Fact]
    public async Task A_mended_file_lets_a_halted_symbol_go_on()
    {
        Write("throw new InvalidOperationException();");
        await using var host = await StartAsync(new ThrowAwayState(), 60);
        var time = new ManualTime();
        using var watch = WatchOf(host, time);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        await host.RunAsync(10);
        Assert.NotNull((await host.Symbol("AAAUSDT").ViewAsync()).Problem);

        Write("return new Signal(Direction.Long, 1, candle.Close * 0.9, candle.Close * 1.1);");
        time.Advance(2 * StrategyWatch.Period);
        await host.RunAsync(3);
        Assert.Null((await host.Symbol("AAAUSDT").ViewAsync()).Problem);
        Assert.Equal(2, (await host.Portfolio.ViewAsync()).Positions.Length);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private StrategyWatch WatchOf(TradingHost host, ManualTime time, ILogger<StrategyWatch>? log = null)
    {
        var files = new StrategyFolder(_folder.FullName, Interval.OneHour);
        var settings = host.Settings with { Account = new AccountSettings { Strategy = "mine", StrategyFolder = _folder.FullName }, Strategies = files.Load(), StrategyFiles = files };
        return new StrategyWatch(settings, host.InForce, time, log ?? NullLogger<StrategyWatch>.Instance);
    }

    private Task<TradingHost> StartAsync(ThrowAwayState memory, int bars) => TradingHost.StartAsync(
        new TapeFeed(Interval.OneHour, [TapeOf(Cheap, 100, bars), TapeOf(Dear, 1_000, bars)]), memory, ParityRun.Thin with { MaxVolumeShare = 0 }, ParityRun.Greedy with { MaxPositionShare = 0.2m }, "mine", library: Load());

    private StrategyLibrary Load()
    {
        var library = new StrategyFolder(_folder.FullName, Interval.OneHour).Load();
        Assert.Empty(library.Problems);
        return library;
    }

    private static SymbolTape TapeOf(SymbolRules rules, double price, int bars) =>
        new(rules, Enumerable.Range(0, bars).Select(n => new Candle(Start.AddHours(n), price, price * 1.01, price * 0.99, price, 1_000)).ToArray());

    private void Write(string evaluate) => System.IO.File.WriteAllText(File, $$"""
        public sealed class Mine(StrategyValues values) : BarStrategy
        {
            private static readonly StrategyParameter Bars = StrategyParameter.Bars("Bars", 20, 2, 100, "bars of the average");
            private Ema _average = null!;
            public static StrategyEntry Entry { get; } = new("mine", "Does what a test asks.", [Bars], values => new Mine(values));
            public override string Name => "mine";
            protected override void Prepare(IndicatorSet indicators) => _average = indicators.Ema(values.Whole(Bars));
            protected override Signal Evaluate(in Candle candle, VoteSheet? votes) { {{evaluate}} }
        }
        """);
}
