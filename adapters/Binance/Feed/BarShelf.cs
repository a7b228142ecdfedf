using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Feed;

/// <summary>The closed bars of one symbol from some moment on, as far as they were asked for or came by stream. Used by one caller at a time.</summary>
/// <param name="kept">Bars that are kept at least; the oldest go when there are twice as many.</param>
internal sealed class BarShelf(string symbol, Interval interval, MarketCalls market, int kept)
{
    /// <summary>More of them are not worth keeping: one answer brings a thousand.</summary>
    private const int MostAhead = 64;

    private readonly SortedList<DateTime, Candle> _ahead = [];
    private List<Candle> _bars = [];
    private DateTime _from = DateTime.MaxValue;

    public string Symbol => symbol;

    /// <summary>Bars that open at or after that moment, oldest first; a view that the next call changes.</summary>
    public IEnumerable<Candle> From(DateTime openTime) => _bars.Skip(IndexOf(openTime));

    /// <summary>True when every closed bar after that moment was asked for.</summary>
    public bool Reaches(DateTime openTime) => openTime >= _from;

    /// <summary>True when there is every bar from that moment on up to one that opens then or later.</summary>
    public bool Covers(DateTime openTime) => Reaches(openTime) && NextOf(_bars, _from) > openTime;

    /// <summary>Says that no bar since that moment has closed yet, so that the first may come by stream; nothing new once there are bars.</summary>
    public void BeginAt(DateTime openTime)
    {
        if (_from == DateTime.MaxValue) _from = openTime;
    }

    /// <summary>
    /// Takes a bar that came by stream when it is the one that follows. One that comes twice is passed over, and one with a gap before it waits:
    /// only an answer tells what bars lie in the gap.
    /// </summary>
    public void Put(in Candle bar)
    {
        var next = NextOf(_bars, _from);
        if (bar.OpenTime < next) return;
        if (bar.OpenTime > next)
        {
            if (_ahead.Count < MostAhead) _ahead[bar.OpenTime] = bar;
            return;
        }

        _bars.Add(bar);
        CatchUp();
    }

    /// <summary>Asks for what is missing between two moments.</summary>
    /// <param name="settled">Up to when the exchange changes nothing any more, UTC.</param>
    /// <returns>Null when there was an answer, otherwise why not.</returns>
    public async Task<BinanceError?> FillAsync(DateTime openTime, DateTime settled, CancellationToken cancellation)
    {
        // Older ones than were asked for before are put in front of these, of which the newest may be too new for an answer.
        var (bars, from) = Reaches(openTime) ? (_bars, _from) : ([], openTime);
        var latest = interval.StartOf(settled) - interval.Length;
        while (NextOf(bars, from) <= latest)
        {
            var answer = await market.KlinesAsync(symbol, interval, NextOf(bars, from), to: null, cancellation: cancellation);
            if (!answer.TryGet(out var klines)) return answer.Error;
            var before = bars.Count;
            foreach (var kline in klines)
                if (kline.IsClosed(settled) && kline.Candle.OpenTime >= NextOf(bars, from) && kline.Candle.IsSound)
                    bars.Add(kline.Candle);
            // Where trading stands still there are no bars, and there may be gaps of any length.
            if (bars.Count == before) break;
        }

        if (from < _from)
        {
            foreach (var bar in _bars)
                if (bar.OpenTime >= NextOf(bars, from))
                    bars.Add(bar);
            (_bars, _from) = (bars, from);
        }

        CatchUp();
        return null;
    }

    /// <summary>Takes what has waited for the bars before it.</summary>
    private void CatchUp()
    {
        while (_ahead.Count > 0 && _ahead.GetKeyAtIndex(0) is var first && first <= NextOf(_bars, _from))
        {
            if (first == NextOf(_bars, _from)) _bars.Add(_ahead.GetValueAtIndex(0));
            _ahead.RemoveAt(0);
        }

        if (_bars.Count <= 2 * kept) return;
        _bars.RemoveRange(0, _bars.Count - kept);
        _from = _bars[0].OpenTime;
    }

    private DateTime NextOf(List<Candle> bars, DateTime from) => bars.Count == 0 ? from : interval.CloseOf(bars[^1].OpenTime);

    private int IndexOf(DateTime openTime)
    {
        var (low, high) = (0, _bars.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_bars[middle].OpenTime < openTime) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
