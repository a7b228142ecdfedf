using OrleansTrader.Core.Market;

namespace OrleansTrader.ExchangeSimulator.Markets;

/// <summary>
/// The candles of one symbol, kept in the interval of the market's bars; longer ones are put together, and shorter ones are walked again.
/// </summary>
internal sealed class KlineHistory(Interval interval)
{
    // Of more bars the ticks are not kept, and no candles shorter than a bar are known.
    private const int WalkedBars = 2000;

    private readonly List<Kline> _klines = [];
    private readonly List<List<MarketTick>?> _ticks = [];
    private Kline _closed = new(default, default);
    private (int First, int Last) _closedSpan = (-1, -1);

    public Kline? Latest => _klines.Count == 0 ? null : _klines[^1];

    public void Add(in MarketTick tick, in MarketTrade? trade)
    {
        var kline = At(tick.Time);
        if (trade is { } traded) kline.Add(in traded, movesPrice: true);
        else kline.MoveTo(tick.Price);
        _ticks[^1]!.Add(tick);
    }

    /// <summary>Counts a trade of an account.</summary>
    public void Count(in MarketTrade trade) => At(trade.Time).Add(in trade, movesPrice: false);

    /// <summary>Brings candles in which nothing happened up to that moment.</summary>
    public void FillUpTo(DateTime time)
    {
        if (Latest is not null) At(time);
    }

    /// <summary>What happened since that moment; empty when nothing is known of it.</summary>
    public Kline Since(DateTime from, DateTime now)
    {
        var all = new Kline(from, now);
        if (Latest is null) return all;
        var span = (First: IndexAt(from), Last: _klines.Count - 1);
        if (span != _closedSpan)
        {
            // Asked for every second, but another sum only once a bar.
            (_closed, _closedSpan) = (new Kline(from, now), span);
            for (var i = span.First; i < span.Last; i++) _closed.Add(_klines[i]);
        }

        all.Add(_closed);
        all.Add(Latest);
        return all;
    }

    /// <summary>Candles that open in a span of time, oldest first; the last one may be under way.</summary>
    /// <param name="newest">When there are more than <paramref name="most"/>: the newest rather than the oldest.</param>
    /// <param name="skipsEmpty">Without those in which nothing was traded, the one under way apart.</param>
    public List<Kline> Read(KlineInterval wanted, TimeSpan offset, DateTime from, DateTime upTo, int most, bool newest, bool skipsEmpty = false)
    {
        if (Latest is null) return [];
        if (upTo > Latest.EndTime) upTo = Latest.EndTime;
        if (newest && !skipsEmpty)
        {
            // A month is longer than thirty days at times; one candle too many is cut off below.
            var length = wanted.Length == TimeSpan.Zero ? TimeSpan.FromDays(31) : wanted.Length;
            var first = (upTo - DateTime.MinValue) / length > most + 1 ? upTo - (length * (most + 1)) : DateTime.MinValue;
            if (first > from) from = first;
        }

        // The last candle is whole, also where the time that was asked for lies within it.
        var end = wanted.EndOf(wanted.StartOf(upTo, offset), offset);

        var klines = new List<Kline>();
        for (var i = Math.Max(0, IndexAt(from)); i < _klines.Count && _klines[i].OpenTime < end; i++)
        {
            if (wanted.Length == TimeSpan.Zero || wanted.Length >= interval.Length) Put(klines, wanted, offset, _klines[i]);
            else Divide(klines, wanted, offset, i);
            if (!newest && !skipsEmpty && klines.Count > most + 1) break;
        }

        klines.RemoveAll(kline => kline.OpenTime < from || kline.OpenTime > upTo || (skipsEmpty && kline.Trades == 0 && kline.EndTime < Latest.EndTime));
        if (klines.Count > most) klines.RemoveRange(newest ? 0 : most, klines.Count - most);
        return klines;
    }

    /// <summary>The candle that opened then; flat at the last price where nothing happened in it.</summary>
    public Kline Opened(KlineInterval wanted, TimeSpan offset, DateTime start) =>
        Read(wanted, offset, start, start, 1, newest: false) is [var found] ? found : Kline.Flat(start, wanted.EndOf(start, offset), Latest?.Close ?? 0);

    private static void Put(List<Kline> klines, KlineInterval wanted, TimeSpan offset, Kline part)
    {
        var start = wanted.StartOf(part.OpenTime, offset);
        if (klines.Count == 0 || klines[^1].OpenTime != start) klines.Add(new Kline(start, wanted.EndOf(start, offset)));
        klines[^1].Add(part);
    }

    private void Divide(List<Kline> klines, KlineInterval wanted, TimeSpan offset, int index)
    {
        if (_ticks[index] is not { } ticks) return;
        var id = _klines[index].FirstTradeId;
        foreach (var tick in ticks)
        {
            var start = wanted.StartOf(tick.Time, offset);
            while (klines.Count > 0 && klines[^1].EndTime < start) klines.Add(Kline.Flat(klines[^1].EndTime, wanted.EndOf(klines[^1].EndTime, offset), klines[^1].Close));
            if (klines.Count == 0 || klines[^1].OpenTime != start) klines.Add(new Kline(start, wanted.EndOf(start, offset)));
            if (tick.Quantity > 0) klines[^1].Add(new MarketTrade(id++, tick.Price, tick.Quantity, tick.Time, tick.IsBuyerMaker), movesPrice: true);
            else klines[^1].MoveTo(tick.Price);
        }
    }

    private Kline At(DateTime time)
    {
        var start = interval.StartOf(time);
        while (Latest is { } latest && latest.OpenTime < start) Open(latest.EndTime, latest.Close);
        if (Latest is null) Open(start, 0);
        return Latest!;
    }

    private void Open(DateTime start, decimal price)
    {
        _ticks.Add([]);
        if (_ticks.Count > WalkedBars) _ticks[^(WalkedBars + 1)] = null;
        _klines.Add(price == 0 ? new Kline(start, interval.CloseOf(start)) : Kline.Flat(start, interval.CloseOf(start), price));
    }

    private int IndexAt(DateTime time)
    {
        if (_klines.Count == 0 || time <= _klines[0].OpenTime) return 0;
        var index = (time.Ticks - _klines[0].OpenTime.Ticks) / interval.Length.Ticks;
        return (int)Math.Min(index, _klines.Count);
    }
}
