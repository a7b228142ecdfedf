using System.Collections.Frozen;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Market.Books;

namespace OrleansTrader.Adapters.Binance.Feed;

/// <summary>What market streams have brought of some symbols: the closed bars that nobody has taken yet, and the latest best prices.</summary>
/// <remarks>Safe for several threads; a message takes no memory.</remarks>
internal sealed class StreamedMarket(IReadOnlyList<string> symbols, TimeProvider time) : IMarketListener
{
    /// <summary>Where nobody takes them the oldest go, and are asked for where they are wanted after all.</summary>
    private const int MostBars = 64;

    private readonly Lock _gate = new();
    private readonly FrozenDictionary<string, Place> _places = symbols.ToFrozenDictionary(symbol => symbol, _ => new Place(), StringComparer.Ordinal);
    private TaskCompletionSource? _arrival;

    /// <summary>Ends with the next closed bar of any symbol.</summary>
    public Task Arrival
    {
        get
        {
            lock (_gate) return (_arrival ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Hands the bars of a symbol over.</summary>
    public void MoveTo(BarShelf shelf)
    {
        var bars = _places[shelf.Symbol].Bars;
        lock (_gate)
            while (bars.TryDequeue(out var bar))
                shelf.Put(in bar);
    }

    /// <summary>The best prices of a symbol; none where there were none for longer than that, or where they make no sense.</summary>
    public Quote QuoteOf(string symbol, TimeSpan longest)
    {
        lock (_gate)
        {
            if (!_places.TryGetValue(symbol, out var known) || known.Top is not { BidPrice: > 0 } top || top.AskPrice <= top.BidPrice) return default;
            var age = time.GetElapsedTime(known.ToldAt);
            return age > longest ? default : new Quote((double)top.BidPrice, (double)top.BidQuantity, (double)top.AskPrice, (double)top.AskQuantity, age);
        }
    }

    public void OnKline(StreamName stream, in KlineUpdate update)
    {
        if (!update.IsFinal || !update.Kline.Candle.IsSound || !_places.TryGetValue(stream.Symbol, out var place)) return;
        TaskCompletionSource? arrival;
        lock (_gate)
        {
            if (place.Bars.Count == MostBars) place.Bars.Dequeue();
            place.Bars.Enqueue(update.Kline.Candle);
            (arrival, _arrival) = (_arrival, null);
        }

        arrival?.TrySetResult();
    }

    public void OnBookTop(StreamName stream, in BookTop top)
    {
        if (!_places.TryGetValue(stream.Symbol, out var place)) return;
        lock (_gate) (place.Top, place.ToldAt) = (top, time.GetTimestamp());
    }

    public void OnMiniTicker(StreamName stream, in MiniTicker ticker)
    {
    }

    public void OnTrade(StreamName stream, in AggregateTrade trade)
    {
    }

    public void OnDepth(StreamName stream, in BookChange change)
    {
    }

    /// <summary>Bars that were missed leave a gap, which is found; prices from before are prices no longer.</summary>
    public void OnInterrupted(IReadOnlyList<StreamName> streams)
    {
        lock (_gate)
            foreach (var stream in streams)
                if (stream.Kind == StreamKind.BookTop && _places.TryGetValue(stream.Symbol, out var place))
                    place.Top = default;
    }

    private sealed class Place
    {
        public Queue<Candle> Bars { get; } = new(MostBars);

        public BookTop Top { get; set; }

        /// <summary>Time stamp of the steady clock.</summary>
        public long ToldAt { get; set; }
    }
}
