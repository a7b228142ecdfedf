using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Feed;

/// <summary>The closed bars of one symbol from some moment on, as far as they were asked for. Used by one caller at a time.</summary>
internal sealed class BarShelf(string symbol, Interval interval, MarketCalls market)
{
    private const int MostKept = 5_000;

    private readonly List<Candle> _bars = [];
    private DateTime _from = DateTime.MaxValue;

    /// <summary>Bars that open at or after that moment, oldest first; a view that the next call changes.</summary>
    public IEnumerable<Candle> From(DateTime openTime) => _bars.Skip(IndexOf(openTime));

    /// <summary>True when every closed bar after that moment was asked for.</summary>
    public bool Reaches(DateTime openTime) => openTime >= _from;

    /// <summary>Asks for what is missing between that moment and now.</summary>
    /// <param name="now">By the exchange's clock, UTC.</param>
    /// <returns>Null when there was an answer, otherwise why not.</returns>
    public async Task<BinanceError?> FillAsync(DateTime openTime, DateTime now, CancellationToken cancellation)
    {
        if (!Reaches(openTime))
        {
            _bars.Clear();
            _from = openTime;
        }

        var latest = interval.StartOf(now) - interval.Length;
        while (Next() <= latest)
        {
            var answer = await market.KlinesAsync(symbol, interval, Next(), to: null, cancellation: cancellation);
            if (!answer.TryGet(out var klines)) return answer.Error;
            var before = _bars.Count;
            foreach (var kline in klines)
                if (kline.IsClosed(now) && kline.Candle.OpenTime >= Next() && kline.Candle.IsSound)
                    _bars.Add(kline.Candle);
            // Where trading stands still there are no bars, and there may be gaps of any length.
            if (_bars.Count == before) break;
        }

        if (_bars.Count > 2 * MostKept)
        {
            _bars.RemoveRange(0, _bars.Count - MostKept);
            _from = _bars[0].OpenTime;
        }

        return null;
    }

    private DateTime Next() => _bars.Count == 0 ? _from : interval.CloseOf(_bars[^1].OpenTime);

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
