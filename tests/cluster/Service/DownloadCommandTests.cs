using System.Diagnostics;
using System.Text.Json;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Adapters.Tests.Binance.Download;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary><c>trader download</c> and <c>trader data clean</c> as a user runs them, against an exchange of this machine.</summary>
public sealed class DownloadCommandTests : IAsyncLifetime
{
    private static readonly DateTime From = new(2024, 11, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime To = new(2025, 2, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");
    private PastExchange _exchange = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Candles => Path.Combine(_folder.FullName, "data", "klines");

    public async ValueTask InitializeAsync()
    {
        _exchange = await PastExchange.StartAsync(TimeProvider.System);
        _exchange.Add("BTCUSDT", Interval.OneHour, Bars(count: 2208));
        _exchange.Add("ETHUSDT", Interval.OneHour, Bars(count: 2208).Where((_, i) => i is < 1000 or > 1002));
    }

    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task It_brings_what_is_missing_once_and_what_it_wrote_is_read_by_the_other_commands()
    {
        var (exitCode, output, errors) = await DownloadAsync("BTCUSDT");
        Assert.Empty(errors);
        Assert.Equal((0, "BTCUSDT      1h   2024-11-01 00:00 to 2025-02-01 00:00      2208 bars: 0 were there, 2208 from the archive, 0 by REST; none missing"), (exitCode, Assert.Single(output)));
        Assert.Equal(["BTCUSDT-1h-2024-11.csv.gz", "BTCUSDT-1h-2024-12.csv.gz", "BTCUSDT-1h-2025-01.csv.gz"], Directory.GetFiles(Candles).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal).ToArray());

        var asked = _exchange.Asked.Count;
        (exitCode, output, _) = await DownloadAsync("BTCUSDT");
        Assert.Equal((0, "BTCUSDT      1h   2024-11-01 00:00 to 2025-02-01 00:00      2208 bars: 2208 were there, 0 from the archive, 0 by REST; none missing"), (exitCode, Assert.Single(output)));
        Assert.Equal(asked, _exchange.Asked.Count);

        (_, output, errors) = await RunAsync("data", "list");
        Assert.Empty(errors);
        Assert.Equal("BTCUSDT      1h   2024-11-01 00:00 to 2025-02-01 00:00      2208 bars in 3 files, none missing", Assert.Single(output));
        foreach (var command in new[] { "backtest", "replay" })
        {
            (exitCode, output, errors) = await RunAsync(command, "--json");
            Assert.Equal(0, exitCode);
            Assert.DoesNotContain(errors, line => line.StartsWith("warning", StringComparison.Ordinal));
            Assert.Equal(2208, JsonDocument.Parse(string.Concat(output)).RootElement.GetProperty("symbols").GetProperty("BTCUSDT").GetProperty("bars").GetInt32());
        }
    }

    [Fact]
    public async Task The_exit_code_and_the_gaps_say_what_is_missing_and_one_symbol_does_not_stop_another()
    {
        var (exitCode, output, errors) = await DownloadAsync("ETHUSDT");
        Assert.Empty(errors);
        Assert.Equal(3, exitCode);
        Assert.Equal(
        [
            "ETHUSDT      1h   2024-11-01 00:00 to 2025-02-01 00:00      2205 bars: 0 were there, 2205 from the archive, 0 by REST; 3 missing in 1 gap:",
            "  ETHUSDT      1h   2024-12-12 16:00 to 2024-12-12 19:00         3 bars, of which there are none",
        ], output);

        (exitCode, output, errors) = await DownloadAsync("NONEUSDT,ETHUSDT,BTCUSDT", "--json");
        Assert.Equal((1, "error: NONEUSDT 1h: Binance has no symbol NONEUSDT; check the name, or take --source archive for one that is no longer listed."), (exitCode, Assert.Single(errors)));
        var items = JsonDocument.Parse(Assert.Single(output)).RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([0, 2205, 2208], items.Select(item => item.GetProperty("bars").GetInt32()));
        Assert.Equal([2208, 3, 0], items.Select(item => item.GetProperty("missing").GetInt32()));
    }

    [Fact]
    public async Task A_network_that_is_away_is_told_in_one_sentence_for_each_symbol()
    {
        var (exitCode, output, errors) = await RunAsync([.. Arguments("BTCUSDT,ETHUSDT"), "--source", "rest", "--set", "Binance:Proxy=http://127.0.0.1:1"]);
        Assert.Equal((1, $"asked {_exchange.Address.Authority} (REST): 5 times, not reached: no connection came about"), (exitCode, Assert.Single(output)));
        Assert.Equal(
            new[] { "BTCUSDT", "ETHUSDT" }.Select(symbol => $"error: {symbol} 1h: Binance cannot be reached at {_exchange.Address.Authority}: no connection came about; check the network, the firewall and the setting Binance:Proxy.").ToArray(),
            errors);
    }

    [Fact]
    public async Task The_summary_says_who_was_asked_and_who_did_not_answer()
    {
        // The archive is away, and what it would have comes by REST, but for a symbol that there is none of.
        string[] arguments = [.. Arguments("NONEUSDT,BTCUSDT"), "--set", "Binance:ArchiveUrl=http://127.0.0.1:1"];
        var (exitCode, output, errors) = await RunAsync(arguments);
        Assert.Equal(1, exitCode);
        Assert.Contains(errors, line => line.Contains("everything comes by REST, which takes longer", StringComparison.Ordinal));
        Assert.EndsWith("0 from the archive, 2208 by REST; none missing", output[0], StringComparison.Ordinal);
        var told = output[1..];
        Assert.Matches("^asked 127\\.0\\.0\\.1:1 \\(archive\\): [0-9]+ times, not reached: no connection came about$", told[0]);
        Assert.Matches($"^asked {_exchange.Address.Authority} \\(REST\\): [0-9]+ times, all answered$", told[1]);

        (_, output, _) = await RunAsync([.. Arguments("NONEUSDT"), "--set", "Binance:ArchiveUrl=http://127.0.0.1:1", "--json"]);
        var asked = JsonDocument.Parse(Assert.Single(output)).RootElement.GetProperty("asked").EnumerateArray().ToList();
        Assert.Equal(("archive", 0), (asked[0].GetProperty("role").GetString(), asked[0].GetProperty("requests").GetInt32()));
        Assert.Equal(asked[1].GetProperty("requests").GetInt32(), asked[1].GetProperty("answered").GetInt32());
    }

    [Theory]
    [InlineData("KILL", 137)]
    [InlineData("INT", 130)]
    public async Task A_download_that_is_ended_in_the_middle_goes_on_where_it_was(string signal, int expected)
    {
        // November comes, December hangs.
        var held = new TaskCompletionSource();
        _exchange.Holding = (1, held.Task);
        using (var process = Process.Start(ProgramRun.StartInterruptible(ProgramRun.Cli, _folder.FullName, Arguments("BTCUSDT"))))
        {
            await UntilAsync(() => _exchange.Asked.Any(target => target.EndsWith("BTCUSDT-1h-2024-12.zip", StringComparison.Ordinal)));
            using var kill = Process.Start("kill", [$"-{signal}", process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
            Assert.Equal(expected, process.ExitCode);
            if (expected == 130) Assert.EndsWith($"What has come is kept; the same command goes on from there.{Environment.NewLine}cancelled{Environment.NewLine}", await process.StandardError.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
        }

        held.SetResult();
        var (exitCode, output, errors) = await DownloadAsync("BTCUSDT");
        Assert.Equal((0, 0), (exitCode, errors.Length));
        Assert.EndsWith("2208 bars: 720 were there, 1488 from the archive, 0 by REST; none missing", Assert.Single(output), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Candles, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Old_files_are_listed_and_only_removed_when_that_is_said_and_no_service_may_need_them()
    {
        await DownloadAsync("BTCUSDT");
        var days = (int)Math.Ceiling((TimeProvider.System.GetUtcNow().UtcDateTime - new DateTime(2025, 1, 15, 0, 0, 0, DateTimeKind.Utc)).TotalDays);
        string[] clean = ["data", "clean", "--keep", $"1h={days}"];
        var (exitCode, output, errors) = await RunAsync(clean);
        Assert.Equal((0, 0, 3), (exitCode, errors.Length, Directory.GetFiles(Candles).Length));
        Assert.StartsWith("BTCUSDT      1h   ends 2024-12-01 00:00", output[0], StringComparison.Ordinal);
        Assert.EndsWith("would be removed; add --yes to do it.", output[2], StringComparison.Ordinal);

        var state = Path.Combine(_folder.FullName, "state");
        using (StateFolder.Take(state))
        {
            (exitCode, _, errors) = await RunAsync([.. clean, "--yes"]);
            Assert.Equal((2, "error: A service runs on the state in state and may replay data/klines; stop it first. Nothing was removed.", 3), (exitCode, Assert.Single(errors), Directory.GetFiles(Candles).Length));
        }

        foreach (var file in Directory.GetFiles(Candles)) File.SetLastWriteTimeUtc(file, From);
        await RunAsync("data", "list");
        Assert.Equal(3, await IndexedAsync());
        (exitCode, output, _) = await RunAsync([.. clean, "--yes"]);
        Assert.Equal((0, "BTCUSDT-1h-2025-01.csv.gz"), (exitCode, Path.GetFileName(Assert.Single(Directory.GetFiles(Candles)))));
        Assert.EndsWith("removed.", output[2], StringComparison.Ordinal);
        Assert.Equal(1, await IndexedAsync());

        async Task<int> IndexedAsync() => (await new FileCandleIndex(Path.Combine(state, "candles.index")).ReadAsync(Candles, Cancellation)).Count;
    }

    private static IEnumerable<Candle> Bars(int count) =>
        Enumerable.Range(0, count).Select(hour => new Candle(From.AddHours(hour), 100 + (hour % 7), 110, 90, 100 + ((hour + 1) % 7), hour % 5));

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var start = Stopwatch.GetTimestamp(); !isSo(); await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation))
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30), "it does not come about");
    }

    private string[] Arguments(string symbols) =>
        ["download", "--symbols", symbols, "--from", "2024-11-01", "--to", "2025-02-01", "--archives-at-once", "1", "--set", $"Binance:RestUrl={_exchange.Address}", "--set", $"Binance:ArchiveUrl={_exchange.Address}"];

    private Task<(int ExitCode, string[] Output, string[] Errors)> DownloadAsync(string symbols, params string[] more) => RunAsync([.. Arguments(symbols), .. more]);

    private Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(params string[] arguments) => ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, arguments);
}
