using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>What a user can get wrong on the command line ends in one clear sentence, exit code 2 and an empty stdout.</summary>
public sealed class CliTests : IDisposable
{
    private const string Header = "open_time,open,high,low,close,volume";
    private const string More = "Add --help to see what is possible.";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    public static TheoryData<string[], string> WrongArguments => new()
    {
        { ["backtest", "--data", ".", "--from", "2024-02-01", "--to", "2024-01-01"], "error: --from is 2024-02-01 00:00; it must lie before --to, which is 2024-01-01 00:00." },
        { ["replay", "--data", ".", "--from", "2030-01-01"], "error: No candles for BTCUSDT at 1h in . close after 2030-01-01 00:00; the files reach from 2023-01-01 00:00 to 2023-01-01 02:00." },
        { ["backtest", "--from", "13:00"], "error: --from is '13:00'; it must be a UTC date or time, such as 2023-01-31 or 2023-01-31T12:00." },
        { ["replay", "--interval", "1x"], "error: --interval is '1x'; it must be a whole number followed by s, m, h, d or w, such as 1m or 1h, and 4w at the most." },
        { ["backtest", "--data", ".", "--interval", "5m"], "error: No candles at 5m in .; there are 1h." },
        { ["backtest", "--symbols", ""], "error: --symbols is ''; it must be names of letters and digits separated by commas, such as BTCUSDT,ETHUSDT." },
        { ["replay", "--data", ""], "error: No folder is named to read candles from." },
        { ["backtest", "--data", "BTCUSDT-1h.csv"], "error: BTCUSDT-1h.csv is a file; candles are read from a folder." },
        { ["backtest", "--cash", "1e30"], "error: --cash is '1e30'; it must be a number from 1 to 1000000000." },
        { ["backtest", "--fee-bps", "-1"], "error: --fee-bps is '-1'; it must be a number from 0 to 1000." },
        { ["backtest", "--set", "Account:Cash=1e30"], "error: Account:Cash is '1e30'; it must be a number from 1 to 1000000000." },
        { ["replay", "--set", "Paper:FeeBps=-1"], "error: Paper:FeeBps is '-1'; it must be a number from 0 to 1000." },
        { ["replay", "--set", "Risk:MaxPositions=2"], "error: Risk:MaxPositions is not a setting; nearest to it are Risk:MaxOpenPositions and Risk:MaxPositionShare." },
        { ["backtest", "--set", "Market:Source=synthetic"], "error: --set is 'Market:Source=synthetic'; it must be Name=value with a parameter of the strategy, Account:Cash or a setting of Paper, Risk or Exit, such as Fast=10 or Paper:FeeBps=7.5." },
        { ["backtest", "--strategy", "trend", "--set", "Fast=1"], "error: Account:Parameters:Fast is '1'; trend takes a whole number from 2 to 200." },
        { ["backtest", "--strategy", "trend", "--set", "Quick=1"], "error: Account:Parameters:Quick is not a parameter of trend; it has Fast, Slow, RsiPeriod, RsiFloor, RsiCeiling, AtrPeriod, StopInRanges, TargetInRanges." },
        { ["replay", "--strategy", "magic"], "error: Account:Strategy is 'magic'; it must be one of hybrid, trend, mean-reversion, breakout, dca, sma-cross." },
        { ["download", "--symbols", "BTCUSDT"], "error: Option '--from' is required." },
        { ["download", "--from", "2023-01-01"], "error: --symbols is missing, and Market:Symbols is not set; write names of letters and digits separated by commas, such as BTCUSDT,ETHUSDT." },
        { ["download", "--symbols", "BTC/USDT", "--from", "2023-01-01"], "error: --symbols is 'BTC/USDT'; it must be names of letters and digits separated by commas, such as BTCUSDT,ETHUSDT." },
        { ["download", "--symbols", "BTCUSDT", "--from", "2023-02-01", "--to", "2023-01-01"], "error: --from is 2023-02-01 00:00; it must lie before --to, which is 2023-01-01 00:00." },
        { ["download", "--symbols", "BTCUSDT", "--from", "2023-01-01", "--interval", "1h,1M"], "error: --interval is '1M'; it must be one of 1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 1w, or several separated by commas." },
        { ["download", "--symbols", "BTCUSDT", "--from", "2023-01-01", "--source", "ftp"], "error: --source is 'ftp'; it must be one of both, archive, rest." },
        { ["download", "--symbols", "BTCUSDT", "--from", "2023-01-01", "--set", "Binance:Proxy=here"], "error: Binance:Proxy is no address of a proxy; write http://host:port or socks5://host:port, user and password before the host where needed." },
        { ["download", "--symbols", "BTCUSDT", "--from", "2023-01-01", "--set", "Market:Speed=1"], "error: --set is 'Market:Speed=1'; it must be a setting of Binance and its value, such as Binance:TimeoutSeconds=30." },
        { ["download", "--symbols", "BTCUSDT", "--from", "2023-01-01", "--out", "BTCUSDT-1h.csv"], "error: BTCUSDT-1h.csv is a file; candles are written to a folder." },
        { ["data", "clean", "--data", "."], "error: Candle files are kept for ever; name what may go with --keep, such as --keep 1m=90, or set Candles:KeepDays:1m." },
        { ["data", "clean", "--data", ".", "--keep", "1h=soon"], "error: --keep is '1h=soon'; it must be an interval, or all, and a whole number of days from 1 to 36500, such as 1m=90." },
        { ["data", "clean", "--data", ".", "--keep", "7x=5"], "error: --keep is '7x=5'; it must be an interval, or all, and a whole number of days from 1 to 36500, such as 1m=90." },
        { ["data", "clean", "--data", ".", "--keep", "1h=5", "--keep", "1h=7"], "error: --keep names 1h twice; leave one of the two out." },
        { ["replay", "--bad-rows", "0"], "error: --bad-rows is '0'; it must be one of skip, stop." },
    };

    [Theory]
    [MemberData(nameof(WrongArguments))]
    public async Task A_wrong_argument_is_answered_in_one_sentence(string[] arguments, string expected)
    {
        WriteCandles("BTCUSDT", "1672531200000,100,101,99,100,5", "1672534800000,100,101,99,100,5");
        var (exitCode, output, errors) = await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, arguments);
        Assert.Equal(expected, Assert.Single(errors, line => !string.Equals(line, More, StringComparison.Ordinal)));
        Assert.Empty(output);
        Assert.Equal(2, exitCode);
    }

    [Theory]
    [InlineData("backtest")]
    [InlineData("replay")]
    public async Task Rows_that_are_left_out_are_named_on_stderr(string command)
    {
        WriteCandles("BTCUSDT", "1672531200000,100,101,99,100,5", "1672534800000,100,9,99,100,5");
        var (exitCode, output, errors) = await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, command, "--data", ".", "--json");
        Assert.StartsWith("warning: BTCUSDT-1h.csv, line 3:", errors[0], StringComparison.Ordinal);
        Assert.DoesNotContain(output, line => line.Contains("warning", StringComparison.Ordinal));
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task One_trade_is_told_as_one()
    {
        var closes = new[] { 100, 100, 100, 110, 120, 130, 90, 70, 60, 60 };
        WriteCandles("BTCUSDT", [.. closes.Select((close, hour) => string.Create(CultureInfo.InvariantCulture, $"{1672531200000 + (hour * 3_600_000L)},{close},{close + 1},{close - 1},{close},5000"))]);
        var (exitCode, output, _) = await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, "backtest", "--data", ".", "--strategy", "sma-cross", "--set", "Fast=2", "--set", "Slow=3");
        Assert.Equal(0, exitCode);
        Assert.Contains(output, line => line.StartsWith("left by Signal         1 trade, 0.0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("backtest")]
    [InlineData("replay")]
    public async Task A_bad_row_ends_the_run_where_that_is_asked_for(string command)
    {
        WriteCandles("BTCUSDT", "1672531200000,100,101,99,100,5", "1672534800000,100,9,99,100,5");
        var (exitCode, output, errors) = await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, command, "--data", ".", "--bad-rows", "stop");
        Assert.StartsWith("error: BTCUSDT-1h.csv, line 3:", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Equal(2, exitCode);
    }

    [Theory]
    [InlineData("backtest")]
    [InlineData("replay")]
    public async Task A_run_that_is_cancelled_says_so_and_prints_no_figures(string command)
    {
        var first = new DateTimeOffset(2010, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        WriteCandles("BTCUSDT", ["x", .. Enumerable.Range(0, 400_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{first + (i * 60_000L)},100,101,99,{100 + (i % 2)},5"))]);
        File.Move(Path.Combine(_folder.FullName, "BTCUSDT-1h.csv"), Path.Combine(_folder.FullName, "BTCUSDT-1m.csv"));
        using var process = Process.Start(ProgramRun.Start(ProgramRun.Cli, _folder.FullName, [command, "--data", ".", "--interval", "1m"]))!;

        // The bad row is told when the files are read and the run begins.
        Assert.StartsWith("warning: ", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));

        Assert.Equal("cancelled", (await errors).Trim());
        Assert.Empty(await output);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void WriteCandles(string symbol, params string[] rows) =>
        File.WriteAllLines(Path.Combine(_folder.FullName, $"{symbol}-1h.csv"), [Header, .. rows]);
}
