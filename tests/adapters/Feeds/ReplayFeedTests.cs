using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Tests.Feeds;

public sealed class ReplayFeedTests : IDisposable
{
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Symbols_are_merged_by_close_time_in_ordinal_order()
    {
        _folder.WriteHours("ETHUSDT-1h.csv", 1, 20, 21);
        _folder.WriteHours("BTCUSDT-1h.csv", 0, 10, 11, 12);

        var steps = await Steps(Load());

        Assert.Equal([Start.AddHours(1), Start.AddHours(2), Start.AddHours(3)], steps.Select(step => step.Time));
        Assert.Equal("BTCUSDT, BTCUSDT+ETHUSDT, BTCUSDT+ETHUSDT", string.Join(", ", steps.Select(step => string.Join('+', step.Bars.Select(bar => bar.Symbol)))));
        Assert.Equal([11.0, 20.0], steps[1].Bars.Select(bar => bar.Candle.Close));
    }

    [Fact]
    public async Task A_gap_stays_a_gap()
    {
        _folder.WriteHours("BTCUSDT-1h-2024-01-01.csv", 0, 10);
        _folder.WriteHours("BTCUSDT-1h-2024-01-02.csv", 24, 11, 12);

        var feed = Load();
        var next = await feed.NextAsync(Start.AddHours(1), TestContext.Current.CancellationToken);

        Assert.Equal(Start.AddHours(25), next!.Time);
        Assert.Equal(3, feed.BarCount);
    }

    [Fact]
    public async Task Archive_months_are_merged_and_what_two_files_share_is_taken_once()
    {
        _folder.WriteHours("BTCUSDT-1h-2024-02.csv", 2, 12, 13);
        _folder.WriteHours("BTCUSDT-1h-2024-01.csv", 0, 10, 11, 99);

        var feed = Load();

        Assert.Equal([10.0, 11.0, 99.0, 13.0], (await Steps(feed)).Select(step => step.Bars[0].Candle.Close));
        Assert.Equal(["BTCUSDT: 1 candle is in more than one file, the first is taken"], feed.Problems);
    }

    [Fact]
    public async Task Only_bars_that_close_after_from_and_not_later_than_to_are_played()
    {
        _folder.WriteHours("BTCUSDT-1h.csv", 0, 10, 11, 12, 13, 14);

        var feed = Load(options => options with { From = Start.AddHours(2), To = Start.AddHours(4) });

        Assert.Equal([12.0, 13.0], (await Steps(feed)).Select(step => step.Bars[0].Candle.Close));
        Assert.Equal([12.0, 13.0], (await History(feed, "BTCUSDT", DateTime.MinValue, DateTime.MaxValue)).Select(candle => candle.Close));
        Assert.Equal([13.0], (await History(feed, "BTCUSDT", Start.AddHours(3), Start.AddHours(4))).Select(candle => candle.Close));
        Assert.Empty(await History(feed, "BTCUSDT", Start.AddHours(3), Start.AddHours(3.5)));
    }

    [Fact]
    public async Task The_next_step_is_found_from_any_moment_in_any_order()
    {
        _folder.WriteHours("BTCUSDT-1h.csv", 0, 10, 11, 12);
        var feed = Load();

        foreach (var (hour, close) in new[] { (2.0, 12.0), (0.0, 10.0), (1.0, 11.0), (0.99, 10.0), (1.01, 11.0), (-5.0, 10.0) })
            Assert.Equal(close, (await feed.NextAsync(Start.AddHours(hour), TestContext.Current.CancellationToken))!.Bars[0].Candle.Close);
        Assert.Null(await feed.NextAsync(Start.AddHours(3), TestContext.Current.CancellationToken));
        Assert.Equal((false, true), (feed.HasEnded(Start.AddHours(2.9)), feed.HasEnded(Start.AddHours(3))));
    }

    [Fact]
    public void The_description_says_what_is_played_without_the_path()
    {
        _folder.WriteHours("klines-1h.csv", 0, 10);
        _folder.WriteHours("ETHUSDT-1h.csv", 0, 10, 11);
        _folder.WriteHours("BTCUSDT-1h.csv", 0, 10);
        var name = Path.GetFileName(_folder.Path);

        Assert.Equal($"replay of recorded candles: 3 symbols, 1h, 2024-01-01 to 2024-01-01, folder {name}", Load().Description);
        Assert.Equal($"replay of recorded candles: 1 symbol, 1h, 2024-01-01 to 2024-01-01, folder {name}", Load(options => options with { Folder = _folder.Path + "/", Symbols = ["ethusdt"] }).Description);
    }

    [Fact]
    public void Candles_that_are_added_leave_the_identity_as_it_was()
    {
        _folder.WriteHours("BTCUSDT-1h.csv", 0, 10);
        var before = Load();
        _folder.WriteHours("BTCUSDT-1h.csv", 0, 10, 11, 12);
        _folder.WriteHours("ETHUSDT-1h.csv", 48, 10);

        var after = Load(options => options with { Folder = Path.Combine(_folder.Path, ".") });

        Assert.Contains("2 symbols", after.Description, StringComparison.Ordinal);
        Assert.Equal("replay 1h", before.Identity);
        Assert.Equal(before.Identity, after.Identity);
    }

    [Fact]
    public void The_first_twenty_bad_rows_of_a_file_are_named_and_the_others_counted()
    {
        _folder.Write("BTCUSDT-1h.csv", "open_time,open,high,low,close,volume\n1704067200000,10,12,9,11,100\n" + string.Concat(Enumerable.Repeat("x\n", 25)));

        var problems = Load().Problems;

        Assert.Equal(21, problems.Count);
        Assert.Equal("BTCUSDT-1h.csv, line 22: open time 'x' is not a number; row skipped", problems[19]);
        Assert.Equal("BTCUSDT-1h.csv: 5 more rows skipped", problems[20]);
    }

    [Fact]
    public void What_is_not_there_is_told_with_what_is()
    {
        _folder.WriteHours("BTCUSDT-1h.csv", 0, 10);
        _folder.WriteHours("ETHUSDT-1h.csv", 0, 10);

        Assert.Equal($"No candles for XRPUSD at 1h in {_folder.Path}; there are BTCUSDT, ETHUSDT.", Refusal(options => options with { Symbols = ["BTCUSDT", "XRPUSD"] }));
        Assert.Equal($"No candles at 5m in {_folder.Path}; there are 1h.", Refusal(options => options with { Interval = Interval.Parse("5m") }));
        Assert.Equal($"No candles for BTCUSDT, ETHUSDT at 1h in {_folder.Path} close after 2025-01-01 00:00; the files reach from 2024-01-01 00:00 to 2024-01-01 01:00.", Refusal(options => options with { From = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc) }));
        Assert.Equal($"There is no folder {_folder.File("none")} to read candles from; fill one with 'trader download', or put files of https://data.binance.vision (spot, klines, unzipped) into one, and name it.", Refusal(options => options with { Folder = _folder.File("none") }));
        Assert.Equal($"{_folder.Write("file", "")} is a file; candles are read from a folder.", Refusal(options => options with { Folder = _folder.File("file") }));
        Assert.Equal("No folder is named to read candles from.", Refusal(options => options with { Folder = "" }));
        Directory.CreateDirectory(_folder.File("empty"));
        Assert.StartsWith("No candles at 1h in", Refusal(options => options with { Folder = _folder.File("empty") }), StringComparison.Ordinal);
    }

    [Fact]
    public void Candles_of_another_interval_than_the_name_says_are_refused()
    {
        _folder.WriteHours("BTCUSDT-1d.csv", 0, 10, 11, 12, 13);

        Assert.EndsWith("the files hold another interval than their names say.", Refusal(options => options with { Interval = Interval.Parse("1d") }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_row_stops_the_loading_where_that_is_wanted()
    {
        _folder.Write("BTCUSDT-1h.csv", "open_time,open,high,low,close,volume\n1704067200000,10,12,9,11,100\nx\n");

        Assert.Equal(["BTCUSDT-1h.csv, line 3: open time 'x' is not a number; row skipped"], Load().Problems);
        Assert.Throws<CandleFileException>(() => Load(options => options with { BadRows = BadRowPolicy.Stop }));
    }

    [Fact]
    public async Task Twenty_recorded_symbols_play_every_bar_once_in_order()
    {
        var feed = ReplayFeed.Load(new(RealData.Klines(), Interval.OneHour), TestContext.Current.CancellationToken);

        var steps = await Steps(feed);

        Assert.Equal(20, feed.Symbols.Count);
        Assert.Equal(feed.BarCount, steps.Sum(step => step.Bars.Length));
        Assert.InRange(steps.Count, 23_900, 24_000);
        Assert.DoesNotContain(steps.Zip(steps.Skip(1)), pair => pair.First.Time >= pair.Second.Time);
        Assert.DoesNotContain(steps, step => step.Bars.Any(bar => Interval.OneHour.CloseOf(bar.Candle.OpenTime) != step.Time));
        Assert.Equal("0.01 0.00001", FormattableString.Invariant($"{feed.Symbols[5].TickSize} {feed.Symbols[5].StepSize}"));
        var bySymbol = feed.Symbols.ToDictionary(rules => rules.Symbol, StringComparer.Ordinal);
        Assert.All(steps[^100..].SelectMany(step => step.Bars), bar => Assert.True(bySymbol[bar.Symbol].IsOnTick((decimal)bar.Candle.Close)));
    }

    private static async Task<IReadOnlyList<Candle>> History(ReplayFeed feed, string symbol, DateTime after, DateTime upTo) =>
        await feed.HistoryAsync(symbol, after, upTo, int.MaxValue, TestContext.Current.CancellationToken);

    private static async Task<List<MarketStep>> Steps(ReplayFeed feed)
    {
        var steps = new List<MarketStep>();
        while (await feed.NextAsync(steps.Count == 0 ? DateTime.MinValue : steps[^1].Time, TestContext.Current.CancellationToken) is { } step) steps.Add(step);
        return steps;
    }

    private string Refusal(Func<ReplayOptions, ReplayOptions> change) => Assert.Throws<MarketFeedException>(() => Load(change)).Message;

    private ReplayFeed Load(Func<ReplayOptions, ReplayOptions>? change = null)
    {
        var options = new ReplayOptions(_folder.Path, Interval.OneHour);
        return ReplayFeed.Load(change is null ? options : change(options), TestContext.Current.CancellationToken);
    }
}
