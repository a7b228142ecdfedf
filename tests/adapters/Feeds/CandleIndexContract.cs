using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Feeds;

/// <summary>What every index of candle files has to keep.</summary>
public abstract class CandleIndexContract : IDisposable
{
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime LongAgo = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected TemporaryFolder Folder { get; } = new();

    protected abstract int Seeds { get; }

    public virtual void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract ICandleIndex Open();

    /// <summary>As a bad disk or a hand would.</summary>
    protected abstract Task DamageAsync(Random random);

    [Fact]
    public async Task What_was_written_is_read_again_folder_by_folder()
    {
        var (first, second) = (FileOf("a.csv", 1), FileOf("b.csv", 2) with { Facts = FileOf("", 2).Facts with { GapFrom = null, LongestGap = TimeSpan.Zero } });
        await Open().WriteAsync("/one", [second, first], [], Cancellation);
        await Open().WriteAsync("/two", [first], [], Cancellation);
        Assert.Equal([first, second], (await Open().ReadAsync("/one", Cancellation)).OrderBy(file => file.Name, StringComparer.Ordinal));

        var changed = FileOf("b.csv", 3);
        await Open().WriteAsync("/one", [changed], ["a.csv", "never-there.csv"], Cancellation);
        Assert.Equal([changed], await Open().ReadAsync("/one", Cancellation));
        Assert.Equal([first], await Open().ReadAsync("/two", Cancellation));
        Assert.Empty(await Open().ReadAsync("/three", Cancellation));
    }

    [Fact]
    public async Task A_known_file_that_lies_out_of_range_is_not_read_and_one_within_is()
    {
        double[] prices = [.. Enumerable.Range(0, 1000).Select(i => 100.25 + i)];
        var january = Settle(Folder.WriteHours("BTCUSDT-1h-2024-01.csv", 0, prices));
        Settle(Folder.WriteHours("BTCUSDT-1h-2024-02.csv", 1000, prices));
        await LoadAsync(Late);

        // Only what is not read can be spoilt like this without being noticed.
        var bytes = await File.ReadAllBytesAsync(january, Cancellation);
        bytes.AsSpan(8192, bytes.Length - 16384).Fill((byte)'x');
        await File.WriteAllBytesAsync(january, bytes, Cancellation);
        Settle(january);

        var feed = await LoadAsync(Late);
        Assert.Empty(feed.Problems);
        Assert.Equal(1000, feed.BarCount);
        Assert.Equal(0.01m, feed.Symbols[0].TickSize);
        var memory = await CandleFileMemory.OpenAsync(Open(), new CandleFolder(Folder.Path), TimeProvider.System, Cancellation);
        var coverage = CandleCoverage.Of(new CandleFolder(Folder.Path), "BTCUSDT", Interval.OneHour, memory, Cancellation);
        Assert.Equal((2000, 0L, 0), (coverage.Candles, coverage.Missing, coverage.Problems.Count));
        Assert.NotEmpty((await LoadAsync(options => options)).Problems);
        File.SetLastWriteTimeUtc(january, LongAgo.AddTicks(1));
        Assert.NotEmpty((await LoadAsync(Late)).Problems);

        static ReplayOptions Late(ReplayOptions options) => options with { From = Start.AddHours(1000) };
    }

    [Fact]
    public async Task A_file_that_was_written_just_now_is_not_remembered()
    {
        Folder.WriteHours("BTCUSDT-1h.csv", 0, 10, 11);
        await LoadAsync(options => options);
        Assert.Empty(await Open().ReadAsync(Folder.Path, Cancellation));
    }

    [Fact]
    public async Task Whatever_becomes_of_the_files_feed_and_coverage_are_as_without_index()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var random = new Random(seed);
            using var files = new RandomCandleFiles(random);
            for (var round = 0; round < 8; round++)
            {
                if (round > 0) files.Change();
                if (random.Next(8) == 0) await DamageAsync(random);
                var options = files.Options();
                Assert.Equal((seed, round, await TellAsync(options, null)), (seed, round, await TellAsync(options, Open())));
                Assert.Equal((seed, round, await CoverAsync(files.Path, null)), (seed, round, await CoverAsync(files.Path, Open())));
            }
        }
    }

    internal static IndexedCandleFile FileOf(string name, int number) => new(
        name,
        new CandleFileMark(1000L * int.MaxValue * number, LongAgo.AddTicks(1234567 * number), new string('a', 64)),
        new CandleFileFacts(Start, Start.AddTicks(10 * number), 0.1 + (0.2 * number), number, 8, 5_000_000_000 + number, TimeSpan.FromDays(400 * number), Start.AddMilliseconds(1)));

    protected static string Settle(string path)
    {
        File.SetLastWriteTimeUtc(path, LongAgo);
        return path;
    }

    protected Task<ReplayFeed> LoadAsync(Func<ReplayOptions, ReplayOptions> change) =>
        ReplayFeed.LoadAsync(change(new ReplayOptions(Folder.Path, Interval.OneHour)), Open(), TimeProvider.System, Cancellation);

    /// <summary>What the feed has to be, from every row of every file.</summary>
    private static (string Problems, string Rules, string Bars) Plain(ReplayFeed feed, ReplayOptions options)
    {
        var (problems, rules, bars) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var symbol in feed.Symbols.Select(one => one.Symbol))
        {
            var contents = new CandleFolder(options.Folder).FilesOf(symbol, options.Interval).Select(file => CandleFile.Read(file)).ToList();
            problems.AddRange(contents.SelectMany(content => content.Warnings));
            var all = contents.SelectMany(content => content.Candles).ToList();
            var (kept, overlapping) = (new List<Candle>(), new List<DateTime>());
            foreach (var candle in all.DistinctBy(candle => candle.OpenTime).OrderBy(candle => candle.OpenTime))
            {
                if (kept.Count > 0 && candle.OpenTime < kept[^1].OpenTime.AddHours(1)) overlapping.Add(candle.OpenTime);
                else kept.Add(candle);
            }

            var twice = all.Count - kept.Count - overlapping.Count;
            if (twice > 0) problems.Add($"{symbol}: {Counted.Of(twice, "candle is", "candles are")} in more than one file, the first is taken");
            if (overlapping.Count > 0) problems.Add($"{symbol}: {Counted.Of(overlapping.Count, "candle opens before the one before it", "candles open before the one before them")} has closed after 1h, the first at {overlapping[0]:yyyy-MM-dd HH:mm:ss}; dropped");
            rules.Add(KnownSymbolRules.For(symbol, kept[0].Open, contents.Max(content => content.PriceDecimals)).ToString());
            bars.AddRange(kept.Where(candle => !(candle.OpenTime.AddHours(1) <= options.From) && !(candle.OpenTime.AddHours(1) > options.To)).Select(candle => candle.ToString()));
        }

        return (string.Join('\n', problems), string.Join('\n', rules), string.Join('\n', bars));
    }

    /// <summary>Everything that a feed says, or why there is none.</summary>
    private static async Task<string> TellAsync(ReplayOptions options, ICandleIndex? index)
    {
        try
        {
            var feed = index is null ? ReplayFeed.Load(options, Cancellation) : await ReplayFeed.LoadAsync(options, index, TimeProvider.System, Cancellation);
            AssertSound(feed.IndexNote);
            var bars = new List<string>();
            foreach (var rules in feed.Symbols) bars.AddRange((await feed.HistoryAsync(rules.Symbol, DateTime.MinValue, DateTime.MaxValue, int.MaxValue, Cancellation)).Select(candle => candle.ToString()));
            if (index is null) Assert.Equal(Plain(feed, options), (string.Join('\n', feed.Problems), string.Join('\n', feed.Symbols), string.Join('\n', bars)));
            return string.Join('\n', [feed.Description, .. feed.Problems, .. feed.Symbols.Select(rules => rules.ToString()), .. feed.StepTimes.Select(time => $"{time:O}"), .. bars]);
        }
        catch (OperatorException refused)
        {
            return refused.Message;
        }
    }

    private static void AssertSound(string? note) => Assert.True(note?.EndsWith("it is built anew.", StringComparison.Ordinal) ?? true, note);

    private static async Task<string> CoverAsync(string path, ICandleIndex? index)
    {
        var folder = new CandleFolder(path);
        var memory = index is null ? CandleFileMemory.None : await CandleFileMemory.OpenAsync(index, folder, TimeProvider.System, Cancellation);
        var told = new List<string>();
        foreach (var symbol in folder.SymbolsAt(Interval.OneHour))
        {
            try
            {
                var coverage = CandleCoverage.Of(folder, symbol, Interval.OneHour, memory, Cancellation);
                told.AddRange([(coverage with { Problems = [] }).ToString(), .. coverage.Problems]);
            }
            catch (CandleFileException refused)
            {
                told.Add(refused.Message);
            }
        }

        await memory.SaveAsync(Cancellation);
        AssertSound(memory.Note);
        return string.Join('\n', told);
    }
}
