using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Core.Market.Books;

namespace OrleansTrader.Adapters.Binance.Feed;

/// <summary>
/// Order books of the symbols that somebody follows, kept by their streams of changes. A book that misses a change is thrown away, and a
/// snapshot begins it anew; nothing is listened to and nothing asked for before a symbol is followed.
/// </summary>
/// <remarks>Safe for several threads. A change of a book that is known takes no memory once the book has had its size.</remarks>
public sealed partial class LiveBooks : IMarketListener, IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Shelf> _shelves = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;
    private readonly MarketCalls _market;
    private readonly MarketStreams _streams;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly int _levels;

    /// <param name="open">Connects with the market streams.</param>
    /// <param name="levels">On either side of a snapshot, from 1 to <see cref="MarketCalls.MostLevels"/>; 1,000 weigh 50 of the 6,000 a minute, 5,000 weigh 250.</param>
    public LiveBooks(MarketCalls market, StreamsOpener open, ILogger log, TimeProvider time, int levels = 1_000)
    {
        ArgumentNullException.ThrowIfNull(open);
        (_market, _log, _time, _levels, _stopped) = (market, log, time, levels, _stopping.Token);
        _streams = open(this, log);
    }

    /// <summary>Keeps the books of these symbols from now on.</summary>
    public void Follow(params IEnumerable<string> symbols)
    {
        foreach (var symbol in symbols)
        {
            // A side may hold more than a snapshot brings: levels come that were beyond it.
            lock (_gate) _shelves.TryAdd(symbol, new Shelf(new LocalBook(2 * _levels)));
            _streams.Subscribe(StreamName.Depth(symbol));
        }
    }

    /// <summary>Keeps them no longer.</summary>
    public void Leave(params IEnumerable<string> symbols)
    {
        foreach (var symbol in symbols)
        {
            _streams.Unsubscribe(StreamName.Depth(symbol));
            lock (_gate) _shelves.Remove(symbol);
        }
    }

    /// <summary>Shows a book as it is now.</summary>
    /// <param name="look">Sees the book while nothing changes it, and must not keep it.</param>
    /// <returns>False when the book is not known, or not followed.</returns>
    public bool TryLook<T>(string symbol, Func<LocalBook, T> look, out T? seen)
    {
        ArgumentNullException.ThrowIfNull(look);
        lock (_gate)
        {
            var isKnown = _shelves.TryGetValue(symbol, out var shelf) && shelf.Book.IsKnown;
            seen = isKnown ? look(shelf!.Book) : default;
            return isKnown;
        }
    }

    public void OnDepth(StreamName stream, in BookChange change)
    {
        lock (_gate)
        {
            if (!_shelves.TryGetValue(stream.Symbol, out var shelf)) return;
            if (shelf.Book.Apply(in change) is BookOutcome.Applied or BookOutcome.Ignored || shelf.IsAsking) return;
            shelf.IsAsking = true;
            _ = Task.Run(() => BeginAsync(stream.Symbol, shelf), CancellationToken.None);
        }
    }

    public void OnInterrupted(IReadOnlyList<StreamName> streams)
    {
        lock (_gate)
            foreach (var stream in streams)
                if (_shelves.TryGetValue(stream.Symbol, out var shelf))
                    shelf.Book.Clear();
    }

    public void OnKline(StreamName stream, in KlineUpdate update)
    {
    }

    public void OnBookTop(StreamName stream, in BookTop top)
    {
    }

    public void OnMiniTicker(StreamName stream, in MiniTicker ticker)
    {
    }

    public void OnTrade(StreamName stream, in AggregateTrade trade)
    {
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _streams.DisposeAsync();
        _stopping.Dispose();
    }

    /// <summary>Asks for snapshots until one fits the changes that came since.</summary>
    private async Task BeginAsync(string symbol, Shelf shelf)
    {
        try
        {
            for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                var answer = await _market.DepthAsync(symbol, _levels, _stopped);
                if (answer.TryGet(out var snapshot) && Load(shelf, in snapshot)) return;
                if (answer.Error is { } error && pause == FirstPause) LogError(_log, symbol, error.Sentence);
                await Task.Delay(pause, _time, _stopped);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody wants it any more.
        }
    }

    private bool Load(Shelf shelf, in BookSnapshot snapshot)
    {
        lock (_gate)
        {
            if (shelf.Book.Load(in snapshot) is not (BookOutcome.Applied or BookOutcome.Ignored)) return false;
            shelf.IsAsking = false;
            return true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "There is no order book of {Symbol}: {Sentence}")]
    private static partial void LogError(ILogger logger, string symbol, string sentence);

    private sealed class Shelf(LocalBook book)
    {
        public LocalBook Book => book;

        /// <summary>True while a snapshot is on its way.</summary>
        public bool IsAsking { get; set; }
    }
}
