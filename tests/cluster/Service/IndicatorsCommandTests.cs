using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary><c>trader indicators</c> as a user runs it.</summary>
public sealed class IndicatorsCommandTests : IDisposable
{
    private const string Header = "open_time,open,high,low,close,volume";
    private const string More = "Add --help to see what is possible.";
    private const double Tolerance = 1e-9;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    public static TheoryData<string[], string> WrongArguments => new()
    {
        { ["--out", "o.csv"], "error: Option '--file' is required." },
        { ["--file", "k.csv"], "error: Option '--out' is required." },
        { ["--file", "none.csv", "--out", "o.csv"], "error: There is no candle file none.csv." },
        { ["--file", ".", "--out", "o.csv"], "error: . is a folder, not a candle file." },
        { ["--file", "k.csv", "--out", "."], "error: . is a folder; --out is the file to write." },
        { ["--file", "k.csv", "--out", ""], "error: No file is named to write to." },
        { ["--file", "k.csv", "--out", "./k.csv"], "error: ./k.csv is the candle file itself; --out must be another one." },
        { ["--file", "text.csv", "--out", "o.csv"], "error: text.csv, line 1: a header begins with open_time,open,high,low,close,volume, not with hello." },
        { ["--file", "bad.csv", "--out", "o.csv", "--bad-rows", "stop"], "error: bad.csv, line 3: high 9 is below low 99." },
        { ["--file", "k.csv", "--out", "o.csv", "--bad-rows", "0"], "error: --bad-rows is '0'; it must be one of skip, stop." },
    };

    [Theory]
    [MemberData(nameof(WrongArguments))]
    public async Task A_wrong_argument_is_answered_in_one_sentence(string[] arguments, string expected)
    {
        Write("k.csv", "1672531200000,100,101,99,100,5");
        Write("bad.csv", "1672531200000,100,101,99,100,5", "1672534800000,100,9,99,100,5");
        await File.WriteAllTextAsync(PathOf("text.csv"), "hello\n", TestContext.Current.CancellationToken);
        var (exitCode, output, errors) = await RunAsync(arguments);
        Assert.Equal(expected, Assert.Single(errors, line => !string.Equals(line, More, StringComparison.Ordinal)));
        Assert.Empty(output);
        Assert.Equal(2, exitCode);
        Assert.False(File.Exists(PathOf("o.csv")));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        Write("k.csv", "1672531200000,100,101,99,100,5");
        var (exitCode, _, errors) = await RunAsync("--file", "k.csv", "--out", "no/o.csv");
        Assert.Equal($"error: There is no folder {PathOf("no")} to write o.csv into.", Assert.Single(errors));
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task Every_figure_has_its_column_and_is_empty_while_it_warms_up()
    {
        Write("k.csv", Rows(60, withBadOne: true));
        await File.WriteAllTextAsync(PathOf("o.csv"), "what was there before", TestContext.Current.CancellationToken);
        var (exitCode, output, errors) = await RunAsync("--file", "k.csv", "--out", "o.csv");
        Assert.Equal(0, exitCode);
        Assert.Empty(output);
        Assert.StartsWith("warning: k.csv, line 2:", errors[0], StringComparison.Ordinal);
        Assert.StartsWith("60 bars, ", errors[1], StringComparison.Ordinal);

        var table = Table("o.csv");
        Assert.Equal(60, table["open_time"].Length);
        Assert.Equal("1672531200000", table["open_time"][0]);
        Assert.All(table["SMA_20"][..19], Assert.Empty);

        // Closes of 100 and 101 in turn.
        Assert.All(table["SMA_20"][19..], value => Assert.Equal(100.5, double.Parse(value, CultureInfo.InvariantCulture), 9));
        Assert.All(table["RV_YANG_ZHANG_20"][20..], Assert.NotEmpty);
        Assert.All(table["DIVERGENCE_BULLISH_RSI_14"][..21], Assert.Empty);
        Assert.All(table["DIVERGENCE_BEARISH_RSI_14"][21..], Assert.NotEmpty);
        Assert.Equal("k.csv o.csv", FilesOfTheFolder());
    }

    [Fact]
    public async Task A_target_that_ends_in_gz_is_packed()
    {
        Write("k.csv", Rows(60, withBadOne: false));
        Assert.Equal(0, (await RunAsync("--file", "k.csv", "--out", "plain.csv")).ExitCode);
        Assert.Equal(0, (await RunAsync("--file", "k.csv", "--out", "packed.csv.gz")).ExitCode);
        using var reader = new StreamReader(new GZipStream(File.OpenRead(PathOf("packed.csv.gz")), CompressionMode.Decompress));
        Assert.Equal(await File.ReadAllTextAsync(PathOf("plain.csv"), TestContext.Current.CancellationToken), await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_leaves_what_was_there()
    {
        // Enough that the writing takes longer than the signal.
        Write("k.csv", Rows(600_000, withBadOne: true));
        await File.WriteAllTextAsync(PathOf("o.csv"), "before", TestContext.Current.CancellationToken);
        using var process = Process.Start(ProgramRun.StartInterruptible(ProgramRun.Cli, _folder.FullName, ["indicators", "--file", "k.csv", "--out", "o.csv"]))!;
        Assert.StartsWith("warning: ", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("cancelled", (await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Equal("before", await File.ReadAllTextAsync(PathOf("o.csv"), TestContext.Current.CancellationToken));
        Assert.Equal("k.csv o.csv", FilesOfTheFolder());
    }

    [Fact]
    public async Task The_columns_agree_with_TA_Lib_over_real_candles()
    {
        var data = SharedData();
        Assert.SkipWhen(data is null, "shared/data is not beside the checkout");
        var (exitCode, _, _) = await RunAsync("--file", Path.Combine(data!, "klines", "BTCUSDT-1h.csv.gz"), "--out", "o.csv");
        Assert.Equal(0, exitCode);

        var actual = Table("o.csv");
        var closes = Table(Path.Combine(data!, "klines", "BTCUSDT-1h.csv.gz"))["close"];
        foreach (var (name, expected) in Table(Path.Combine(data!, "reference", "talib-BTCUSDT-1h.csv.gz")).Where(column => actual.ContainsKey(column.Key)))
        {
            for (var i = 0; i < expected.Length; i++)
            {
                var found = actual[name][i];
                Assert.True(expected[i].Length == 0 == (found.Length == 0), $"{name}, row {i}: '{found}' instead of '{expected[i]}'");
                if (found.Length > 0) Assert.True(Math.Abs(Number(found) - Number(expected[i])) <= Tolerance * Math.Max(Math.Abs(Number(expected[i])), Number(closes[i])), $"{name}, row {i}: {found} instead of {expected[i]}");
            }
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string? SharedData()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data");
            if (File.Exists(Path.Combine(path, "reference", "talib-BTCUSDT-1h.csv.gz"))) return path;
        }

        return null;
    }

    private static string[] Rows(int count, bool withBadOne)
    {
        var first = new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var rows = Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{first + (i * 60_000L)},100,101.5,99,{100 + (i % 2)},5"));
        return withBadOne ? ["x", .. rows] : [.. rows];
    }

    private Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(params string[] arguments) =>
        ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, ["indicators", .. arguments]);

    private string FilesOfTheFolder() => string.Join(' ', Directory.EnumerateFiles(_folder.FullName).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, params string[] rows) => File.WriteAllLines(PathOf(name), [Header, .. rows]);

    private Dictionary<string, string[]> Table(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress) : File.OpenRead(path));
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r').Split(',')).ToArray();
        return rows[0].Select((column, index) => (column, index)).ToDictionary(named => named.column, named => rows.Skip(1).Select(row => row[named.index]).ToArray(), StringComparer.Ordinal);
    }
}
