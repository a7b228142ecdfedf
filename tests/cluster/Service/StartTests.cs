using System.Net;
using System.Net.Sockets;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>What an owner can get wrong ends in one clear sentence, an exit code and no stack trace.</summary>
public sealed class StartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    public static TheoryData<string, string> WrongSettings => new()
    {
        { "--Market:Sped=4", "error: Market:Sped is not a setting; Market has Source, Path, Symbols, Interval, Speed, From, To, Seed, BadRows." },
        { "--Markets:Speed=4", "error: Markets is not a setting; settings begin with Market, Account, State, Paper, Risk, Exit, Allocation, Silo, Access, ConnectionStrings, Binance, Candles, Rehearsal, such as Market:Source." },
        { "--Market:Speed=fast", "error: Market:Speed is 'fast'; it must be a number from 0.01 to 100000." },
        { "--Market:Source=kraken", "error: Market:Source is 'kraken'; it must be one of auto, binance, replay, synthetic." },
        { "--Market:Interval=1x", "error: Market:Interval is '1x'; it must be a whole number followed by s, m, h, d or w, such as 1m or 1h, and 4w at the most." },
        { "--Account:Cash=-5", "error: Account:Cash is '-5'; it must be a number from 1 to 1000000000." },
        { "--Account:Cash=5000000000", "error: Account:Cash is '5000000000'; it must be a number from 1 to 1000000000." },
        { "--Account:Cash=79228162514264337593543950335", "error: Account:Cash is '79228162514264337593543950335'; it must be a number from 1 to 1000000000." },
        { "--Account:Cash=0.6", "error: Account:Cash is '0.6'; it must be a number from 1 to 1000000000." },
        { "--http_ports=8088", "error: http_ports is not a setting; settings begin with Market, Account, State, Paper, Risk, Exit, Allocation, Silo, Access, ConnectionStrings, Binance, Candles, Rehearsal, such as Market:Source." },
        { "--Account:Strategy=magic", "error: Account:Strategy is 'magic'; it must be one of hybrid, trend, mean-reversion, breakout, dca, sma-cross." },
        { "--Account:Parameters:LongerBars=five", "error: Account:Parameters:LongerBars is 'five'; hybrid takes a whole number from 2 to 48." },
        { "--Account:Parameters=5", "error: Account:Parameters is '5', but it is a group of values; write Account:Parameters:Name=value." },
        { "--Risk:MaxPositionShare=2", "error: Risk:MaxPositionShare is '2'; it must be a number from 0.001 to 1." },
        { "--urls=http://0.0.0.0:5080", "error: urls is 'http://0.0.0.0:5080', which others could reach, and nobody would have to log in; set a password with 'trader access password' first, or listen on 127.0.0.1, localhost or [::1]." },
        { "--urls=https://127.0.0.1:5080", "error: urls is 'https://127.0.0.1:5080'; it must begin with http://, since no certificate is set (Access:Certificate)." },
        { "--Market=replay", "error: Market is 'replay', but it is a group of settings; write Market:Source, Market:Path, Market:Symbols, Market:Interval, Market:Speed, Market:From, Market:To, Market:Seed, Market:BadRows." },
        { "replay", "error: 'replay' is no setting with a value; write --Name=value, such as --Market:Source=replay (README.md lists the settings)." },
        { "--Market:Path=", "error: Market:Path is ''; it must be the path of a folder." },
        { "--State:Folder=", "error: State:Folder is ''; it must be the path of a folder." },
        { "--Silo:CoHosted=perhaps", "error: Silo:CoHosted is 'perhaps'; it must be true or false." },
#if !ORLEANS
        { "--Silo:CoHosted=false", "error: Silo:CoHosted is 'false'; it must be true, since the embedded grain runtime is one process; a build with -p:GrainRuntime=Orleans runs in several." },
        { "--Silo:Database=Host=db", "error: Silo:Database is set; it must be left out, since the embedded grain runtime is one process; a build with -p:GrainRuntime=Orleans runs in several and needs it." },
#endif
        { "--Binance:Proxy=ftp://user:a-word@host", "error: Binance:Proxy is no address of a proxy; write http://host:port or socks5://host:port, user and password before the host where needed." },
        { "--Binance:RestUrl=binance", "error: Binance:RestUrl is 'binance'; it must be an address that begins with http:// or https://, such as http://127.0.0.1:7070." },
    };

    // Nothing listens there.
    [Fact]
    public async Task An_exchange_that_cannot_be_reached_is_asked_again_and_stops_the_start_with_one_sentence()
    {
        var (exitCode, _, errors) = await ProgramRun.ToEndAsync(ProgramRun.Api, _folder.FullName, "--Market:Source=binance", "--Binance:RestUrl=http://127.0.0.1:9", "--Binance:StartSeconds=1", "--urls=http://127.0.0.1:0");
        const string Sentence = "Binance cannot be reached at 127.0.0.1:9: no connection came about; check the network, the firewall and the setting Binance:RestUrl.";
        Assert.Equal(2, exitCode);
        Assert.Equal(($"{Sentence} The start asks again in 0.5 s; Ctrl+C ends it.", $"error: {Sentence}"), (errors[0], errors[^1]));
        // What is left of the second after that.
        Assert.StartsWith($"{Sentence} The start asks again in 0.", Assert.Single(errors[1..^1]), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public async Task A_wrong_setting_stops_the_start_with_its_name_its_value_and_what_is_allowed(string setting, string expected)
    {
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, setting);
        Assert.Equal(expected, Assert.Single(lines));
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task A_folder_without_candles_is_named()
    {
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, "--Market:Source=replay", "--Market:Path=nowhere");
        Assert.Equal("error: There is no folder nowhere to read candles from; fill one with 'trader download', or put files of https://data.binance.vision (spot, klines, unzipped) into one, and name it.", Assert.Single(lines));
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task A_folder_that_was_named_and_has_no_candles_is_not_replaced_by_invented_prices()
    {
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, "--Market:Path=nowhere");
        Assert.Equal("error: Market:Path is nowhere, which has no candle files at 1h; name a folder that has, or set Market:Source to synthetic for invented prices.", Assert.Single(lines));
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task An_unknown_symbol_is_answered_with_those_that_are_there()
    {
        WriteCandles("BTCUSDT", "1672531200000,100,101,99,100,5");
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, "--Market:Source=replay", "--Market:Path=.", "--Market:Symbols=NONE");
        Assert.Equal("error: No candles for NONE at 1h in .; there are BTCUSDT.", Assert.Single(lines));
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task A_broken_row_stops_the_start_where_that_is_asked_for_and_names_file_and_line()
    {
        WriteCandles("BTCUSDT", "1672531200000,100,101,99,100,5", "1672534800000,100,9,99,100,5");
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, "--Market:Source=replay", "--Market:Path=.", "--Market:BadRows=stop");
        Assert.StartsWith("error: BTCUSDT-1h.csv, line 3:", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task Dotnet_run_takes_settings_candles_and_state_from_where_it_is_called()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "trader.json"), "[]", TestContext.Current.CancellationToken);
        var (_, _, errors) = await ProgramRun.ToEndAsync("run", _folder.FullName, ProgramRun.DotnetRun("api"));
        Assert.StartsWith("error: trader.json cannot be used", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settings_file_that_is_no_JSON_is_named_with_the_line()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "trader.json"), "{\n  \"Market\": {\n    \"Speed\" 5\n  }\n}\n", TestContext.Current.CancellationToken);
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName);
        Assert.StartsWith("error: trader.json, line 3, column 13: this is not JSON", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task A_journal_that_is_damaged_in_the_middle_is_named_and_nothing_trades()
    {
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic")) await service.KillAsync();
        var journal = Path.Combine(_folder.FullName, "state", "journal", "paper-synthetic.journal");
        var bytes = await File.ReadAllBytesAsync(journal, TestContext.Current.CancellationToken);
        var second = Array.IndexOf(bytes, (byte)'\n') + 20;
        bytes[second] ^= 1;
        await File.WriteAllBytesAsync(journal, [.. bytes, .. bytes], TestContext.Current.CancellationToken);

        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, "--Market:Source=synthetic", "--urls=http://127.0.0.1:0");

        Assert.Contains("paper-synthetic.journal", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task Rows_that_are_left_out_are_warned_of()
    {
        WriteCandles("BTCUSDT", "1672531200000,100,101,99,100,5", "1672534800000,100,9,99,100,5");
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=replay", "--Market:Path=.");
        Assert.Contains(service.Said, line => line.Contains("warning: TradingSession: BTCUSDT-1h.csv, line 3:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, "--Market:Source=synthetic", $"--urls=http://127.0.0.1:{port}");
        Assert.Equal($"error: Failed to bind to address http://127.0.0.1:{port}: address already in use; stop what uses the address, or start with --urls http://127.0.0.1:5081.", Assert.Single(lines));
        Assert.Equal(1, exitCode);
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "state", "journal", "paper-synthetic.journal")), "a start that failed has opened an account");
    }

    [Theory]
    [InlineData("Acount__Cash", "error: Acount in the environment is not a setting; Account may be meant.")]
    [InlineData("Kestrel__Endpoints__a__Url", "error: Kestrel is set, in the environment or elsewhere, and could open this service to others; leave it out and set urls, such as http://127.0.0.1:5080.")]
    public async Task A_name_in_the_environment_that_would_mislead_is_refused(string name, string expected)
    {
        var (exitCode, output, errors) = await ProgramRun.ToEndAsync(ProgramRun.Api, _folder.FullName, ["--Market:Source=synthetic", "--urls=http://127.0.0.1:0"], (name, "http://0.0.0.0:5999"));
        Assert.Empty(output);
        Assert.Equal(expected, Assert.Single(errors));
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task A_state_folder_that_cannot_be_written_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "file"), "", TestContext.Current.CancellationToken);
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, "--State:Folder=file/state");
        Assert.Contains("state folder", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    [Theory]
    [InlineData("logs")]
    [InlineData("journal")]
    public async Task A_folder_of_the_state_that_cannot_be_created_is_named(string name)
    {
        var state = _folder.CreateSubdirectory("state").FullName;
        await File.WriteAllTextAsync(Path.Combine(state, name), "", TestContext.Current.CancellationToken);
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, "--Market:Source=synthetic", "--urls=http://127.0.0.1:0");
        Assert.Contains(Path.Combine(state, name), Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

#if !ORLEANS
    [Fact]
    public async Task Damaged_reminders_are_named_with_what_to_do()
    {
        var reminders = Path.Combine(_folder.CreateSubdirectory("state").FullName, "reminders.json");
        await File.WriteAllTextAsync(reminders, "[{", TestContext.Current.CancellationToken);
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, "--Market:Source=synthetic", "--urls=http://127.0.0.1:0");
        Assert.Equal($"error: The reminders in {reminders} are damaged (line 1, column 3 cannot be read); move the file away and start again: grains register what they need anew.", Assert.Single(lines));
        Assert.Equal(2, exitCode);
    }
#endif

    [Fact]
    public async Task An_account_does_not_go_on_with_another_market()
    {
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic", "--Market:Seed=1")) await service.KillAsync();
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, "--Market:Source=synthetic", "--Market:Seed=2", "--urls=http://127.0.0.1:0");
        Assert.StartsWith("error: Account paper-synthetic is bound to 'synthetic 1h seed 1' and cannot go on with 'synthetic 1h seed 2'", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
        // What ends with the refused start is none of its failures.
        var log = Directory.GetFiles(Path.Combine(_folder.FullName, "state", "logs")).SelectMany(File.ReadLines);
        Assert.DoesNotContain(log, line => line.Contains("BackgroundService", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_service_does_not_touch_the_state_of_the_first()
    {
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic");
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, "--Market:Source=synthetic", "--urls=http://127.0.0.1:0");
        Assert.StartsWith("error: Another process uses the state folder", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void WriteCandles(string symbol, params string[] rows) =>
        File.WriteAllLines(Path.Combine(_folder.FullName, $"{symbol}-1h.csv"), ["open_time,open,high,low,close,volume", .. rows]);
}
