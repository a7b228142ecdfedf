using System.Collections.Immutable;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Tests.Feeds;

public sealed class OldCandleFilesTests : IDisposable
{
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_goes_when_its_last_candle_is_old_whatever_its_name_says_and_stays_as_a_whole_until_then()
    {
        // The last candle of the first file closes after 2 hours, that of the second after 26.
        _folder.WriteHours("BTCUSDT-1h-2030-01.csv", 0, 100, 101);
        _folder.WriteHours("BTCUSDT-1h-2020-01.csv", 2, [.. Enumerable.Repeat(100.0, 24)]);
        _folder.WriteHours("ETHUSDT-1h.csv", 0, 100);
        _folder.WriteHours("ETHUSDT-2h.csv", 0, 100);
        _folder.Write("XRPUSDT-1h.csv", "nothing\n");
        var retention = new CandleRetention { Days = ImmutableDictionary<Interval, TimeSpan>.Empty.Add(Interval.OneHour, TimeSpan.FromDays(10)) };

        var old = Find(retention, Start.AddDays(10).AddHours(2));
        Assert.Equal(["BTCUSDT-1h-2030-01.csv", "ETHUSDT-1h.csv"], old.Files.Select(file => Path.GetFileName(file.Path)!).ToArray());
        Assert.StartsWith("XRPUSDT-1h.csv, line 1", Assert.Single(old.Problems), StringComparison.Ordinal);
        Assert.Equal(5, Directory.GetFiles(_folder.Path).Length);
        old.Remove();
        Assert.Equal(["BTCUSDT-1h-2020-01.csv", "ETHUSDT-2h.csv", "XRPUSDT-1h.csv"], Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal).ToArray());

        Assert.Empty(Find(retention, Start.AddDays(10).AddHours(26).AddTicks(-1)).Files);
        Assert.Single(Find(retention with { Others = TimeSpan.FromDays(1) }, Start.AddDays(2)).Files);
        Assert.Empty(Find(new CandleRetention(), Start.AddYears(100)).Files);
    }

    private OldCandleFiles Find(CandleRetention retention, DateTime now) =>
        OldCandleFiles.Find(new CandleFolder(_folder.Path), retention, CandleFileMemory.None, now, TestContext.Current.CancellationToken);
}
