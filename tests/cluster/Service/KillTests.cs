using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Tests.Postgres;
using OrleansTrader.Cluster.Tests.Parity;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>A real process, killed for real.</summary>
public sealed class KillTests : IDisposable
{
    private const int Bars = 1_500;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    [Fact]
    public Task A_service_that_is_killed_again_and_again_does_the_same_trades_as_a_backtest() => DoesTheSameTradesAsync([], () => { }, JournalAsync);

    [Fact]
    public async Task So_does_one_on_PostgreSQL_whose_server_crashes_with_it()
    {
        using var server = PrivateServer.StartOwn();
        var connection = await server.CreateDatabaseAsync();
        await DoesTheSameTradesAsync(
            [$"--ConnectionStrings:Trader={connection}"],
            () =>
            {
                server.Crash();
                server.Start();
            },
            async () =>
            {
                await using var database = new PostgresServer(connection);
                return [.. new PostgresInspection(database, Path.Combine(_folder.FullName, "state", "journal", "journal.key")).Read("paper-replay", TestContext.Current.CancellationToken).SelectMany(batch => batch.Facts)];
            });
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "state", "journal", "paper-replay.journal")));
    }

    private async Task DoesTheSameTradesAsync(string[] store, Action crash, Func<Task<List<Fact>>> journalAsync)
    {
        WriteTapes();
        string[] settings = ["--Market:Source=replay", "--Market:Path=klines", "--Market:Speed=1500", "--Account:Strategy=trend", "--Account:Parameters:Fast=10", "--Risk:Preset=none", .. store];
        for (var kill = 1; kill <= 4; kill++)
        {
            await using var service = await ServiceProcess.StartAsync(_folder.FullName, settings);
            await UntilAsync(service, status => status.GetProperty("strategy").GetProperty("steps").GetInt64() > 60 * kill);
            await service.KillAsync();
            crash();
        }

        await using (var service = await ServiceProcess.StartAsync(_folder.FullName, settings))
            await UntilAsync(service, status => status.GetProperty("strategy").GetProperty("state").GetString()!.StartsWith("ended", StringComparison.Ordinal));

        var expected = await BacktestAsync();
        var journal = await journalAsync();
        Assert.Single(journal, fact => fact.Kind == FactKind.TermsChanged);
        Assert.Single(journal, fact => fact.Kind == FactKind.LimitsChanged);
        List<Fact> actual = [.. journal.Where(fact => fact.Kind is not (FactKind.TermsChanged or FactKind.LimitsChanged))];
        Assert.True(expected.Count(fact => fact.Kind == FactKind.PositionClosed) > 20, "too few trades to prove anything");
        for (var i = 0; i < Math.Min(expected.Count, actual.Count); i++)
            Assert.Equal(expected[i] with { Decision = null, Market = null }, actual[i] with { Decision = null, Market = null });
        Assert.Equal(expected.Count, actual.Count);
    }

    [Fact]
    public async Task A_pause_survives_a_kill()
    {
        await using (var first = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic"))
        {
            using var client = new HttpClient();
            (await client.PostAsync(new Uri($"{first.Url}/api/v1/pause"), content: null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            await first.KillAsync();
        }

        await using var second = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic");
        await UntilAsync(second, status => string.Equals(status.GetProperty("run").GetString(), "paused", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task UntilAsync(ServiceProcess service, Predicate<JsonElement> isReached)
    {
        using var client = new HttpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isReached(await client.GetFromJsonAsync<JsonElement>(new Uri($"{service.Url}/api/v1/status"), patience.Token)))
        {
            // Each request is the pause: the service does its steps meanwhile.
        }
    }

    private void WriteTapes()
    {
        var folder = _folder.CreateSubdirectory("klines").FullName;
        foreach (var tape in Tapes.Take(Bars))
        {
            var rows = tape.Candles.ToArray().Select(candle => string.Create(
                CultureInfo.InvariantCulture,
                $"{(candle.OpenTime - DateTime.UnixEpoch).TotalMilliseconds:0},{candle.Open},{candle.High},{candle.Low},{candle.Close},{candle.Volume}"));
            File.WriteAllLines(Path.Combine(folder, $"{tape.Rules.Symbol}-1h.csv"), ["open_time,open,high,low,close,volume", .. rows]);
        }
    }

    private async Task<List<Fact>> BacktestAsync()
    {
        var feed = ReplayFeed.Load(new ReplayOptions(Path.Combine(_folder.FullName, "klines"), Interval.OneHour), TestContext.Current.CancellationToken);
        var tapes = new List<SymbolTape>();
        foreach (var rules in feed.Symbols)
            tapes.Add(new SymbolTape(rules, (await feed.HistoryAsync(rules.Symbol, DateTime.MinValue, DateTime.MaxValue, int.MaxValue, TestContext.Current.CancellationToken)).ToArray()));
        var facts = new List<Fact>();
        Backtester.Run(new BacktestPlan { Interval = Interval.OneHour, Tapes = tapes, Strategy = () => new TrendStrategy(StrategyCatalog.Of("trend").Read([KeyValuePair.Create("Fast", "10")]).Values), Listener = turn => facts.AddRange(turn) }, TestContext.Current.CancellationToken);
        return facts;
    }

    private async Task<List<Fact>> JournalAsync()
    {
        using var journal = new FileJournal(new JournalOptions { Folder = Path.Combine(_folder.FullName, "state", "journal") });
        var facts = new List<Fact>();
        await foreach (var batch in journal.ReadAsync("paper-replay", 1, TestContext.Current.CancellationToken)) facts.AddRange(batch.Facts);
        return facts;
    }
}
