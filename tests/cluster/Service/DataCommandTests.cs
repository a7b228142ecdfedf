using System.Globalization;
using System.Text.Json;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary><c>trader data list</c> as a user runs it.</summary>
public sealed class DataCommandTests : IDisposable
{
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_tells_what_each_symbol_has_and_where_bars_are_missing()
    {
        // Hours 0 to 4 and 8 to 9 in one file, 9 to 11 in another: three are missing, and one is there twice.
        Write("BTCUSDT-1h-2024-01.csv", 0, 1, 2, 3, 4, 8, 9);
        Write("BTCUSDT-1h-2024-02.csv", 9, 10, 11);
        Write("ETHUSDT-1h.csv", 0, 1);
        var (exitCode, output, errors) = await RunAsync();
        Assert.Equal(0, exitCode);
        Assert.Equal(
        [
            "BTCUSDT      1h   2024-01-01 00:00 to 2024-01-01 12:00         9 bars in 2 files, 3 missing, the longest gap 2024-01-01 05:00 to 2024-01-01 08:00",
            "ETHUSDT      1h   2024-01-01 00:00 to 2024-01-01 02:00         2 bars in 1 file, none missing",
        ], output);
        Assert.Equal("warning: BTCUSDT: 1 candle is in more than one file", Assert.Single(errors));

        (_, output, _) = await RunAsync("--json");
        var item = JsonDocument.Parse(Assert.Single(output)).RootElement.GetProperty("items")[0];
        Assert.Equal((9, 3L, Start.AddHours(8)), (item.GetProperty("candles").GetInt32(), item.GetProperty("missing").GetInt64(), item.GetProperty("gapTo").GetDateTime()));
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_told_and_the_others_are_listed()
    {
        var (exitCode, _, errors) = await RunAsync();
        Assert.Equal((2, "error: data has no files named like BTCUSDT-1h.csv or BTCUSDT-1h.csv.gz."), (exitCode, Assert.Single(errors)));
        Write("ETHUSDT-1h.csv", 0, 1);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "data", "BTCUSDT-1h.csv"), "nothing\n", TestContext.Current.CancellationToken);
        (exitCode, var output, errors) = await RunAsync();
        Assert.Equal(1, exitCode);
        Assert.StartsWith("ETHUSDT", Assert.Single(output), StringComparison.Ordinal);
        Assert.StartsWith("error: BTCUSDT-1h.csv, line 1: a header begins with", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_is_listed_as_empty_and_the_rest_goes_on()
    {
        Write("BTCUSDT-1h-2024-01.csv", 0, 1);
        Write("BTCUSDT-1h-2024-02.csv");
        Write("ETHUSDT-1h.csv", 0, 1);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "data", "ADAUSDT-1h.csv"), "", TestContext.Current.CancellationToken);
        var (exitCode, output, errors) = await RunAsync();
        Assert.Equal((0, 0), (exitCode, errors.Length));
        Assert.Equal(
        [
            "ADAUSDT      1h   empty: no bars in 1 file",
            "BTCUSDT      1h   2024-01-01 00:00 to 2024-01-01 02:00         2 bars in 2 files (1 of them empty), none missing",
            "ETHUSDT      1h   2024-01-01 00:00 to 2024-01-01 02:00         2 bars in 1 file, none missing",
        ], output);

        (_, output, _) = await RunAsync("--json");
        var item = JsonDocument.Parse(Assert.Single(output)).RootElement.GetProperty("items")[0];
        Assert.Equal((1, 0, JsonValueKind.Null), (item.GetProperty("emptyFiles").GetInt32(), item.GetProperty("candles").GetInt32(), item.GetProperty("first").ValueKind));
    }

    [Fact]
    public async Task What_the_index_of_the_state_folder_knows_is_not_read_again()
    {
        Write("BTCUSDT-1h.csv", [.. Enumerable.Range(0, 1000)]);
        var file = new FileInfo(Path.Combine(_folder.FullName, "data", "BTCUSDT-1h.csv"));
        file.LastWriteTimeUtc = Start;
        await RunAsync();
        Assert.Equal("data", Assert.Single(_folder.GetDirectories()).Name);
        _folder.CreateSubdirectory("state");
        var first = await RunAsync();
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "state", "candles.index")));

        // Only what is not read can be spoilt like this without being noticed.
        using (var inPlace = file.OpenWrite())
        {
            inPlace.Position = file.Length / 2;
            inPlace.Write("spoilt"u8);
        }

        file.LastWriteTimeUtc = Start;
        Assert.Equal(first.Output, (await RunAsync()).Output);
        Assert.Empty((await RunAsync()).Errors);
        Assert.NotEmpty((await RunAsync("--state", "none")).Errors);
    }

    private Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(params string[] more)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "data"));
        return ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, ["data", "list", "--data", "data", .. more]);
    }

    private void Write(string name, params int[] hours)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "data"));
        File.WriteAllLines(
            Path.Combine(_folder.FullName, "data", name),
            ["open_time,open,high,low,close,volume", .. hours.Select(hour => string.Create(CultureInfo.InvariantCulture, $"{new DateTimeOffset(Start.AddHours(hour)).ToUnixTimeMilliseconds()},100,101,99,100,5"))]);
    }
}
