using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Tests.Feeds;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Postgres;

public sealed class PostgresCandleIndexTests : CandleIndexContract
{
    private readonly JournalPlace _place = JournalPlace.Make();
    private PostgresServer? _server;

    protected override int Seeds => 25;

    public override void Dispose()
    {
        _place.Dispose();
        base.Dispose();
    }

    [Fact]
    public async Task A_server_that_is_away_is_told_and_stops_nothing()
    {
        Settle(Folder.WriteHours("BTCUSDT-1h.csv", 0, 10, 11));
        await using var nowhere = new PostgresServer("Host=127.0.0.1;Port=1;Username=trader;Database=trader;Password=the-hidden-value");

        var feed = await ReplayFeed.LoadAsync(new ReplayOptions(Folder.Path, Interval.OneHour), new PostgresCandleIndex(nowhere), TimeProvider.System, Cancellation);

        Assert.Equal(2, feed.BarCount);
        Assert.StartsWith("The index of candle files is not used at this start, which takes longer and changes nothing else: PostgreSQL at 127.0.0.1:1, database trader cannot be reached: ", feed.IndexNote, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", feed.IndexNote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_that_share_it_do_not_stand_in_each_others_way()
    {
        IndexedCandleFile[] files = [.. Enumerable.Range(1, 500).Select(i => FileOf($"{i}.csv", i))];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(async () =>
        {
            var mixed = files.ToArray();
            new Random(seed).Shuffle(mixed);
            await Open().WriteAsync("/data", mixed, [], Cancellation);
        }, Cancellation)));

        Assert.Equal(files, (await Open().ReadAsync("/data", Cancellation)).OrderBy(file => file.Facts.Candles));
    }

    protected override ICandleIndex Open() => new PostgresCandleIndex(_server ??= _place.Server());

    protected override Task DamageAsync(Random random) => _place.SqlAsync("delete from trader.candle_file where random() < 0.5");
}
