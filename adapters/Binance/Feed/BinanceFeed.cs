using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Binance.Feed;

/// <summary>Opens market streams for somebody who listens to them.</summary>
public delegate MarketStreams StreamsOpener(IMarketListener listener, ILogger log);

/// <summary>
/// Bars of Binance as they close. What a stream brings is a step at once; what it has not brought when the exchange changes nothing of a bar any
/// more is asked for, so that the bars are those of the answers, whatever becomes of the streams. What was missed while the service did not run comes
/// first, a step at a time, and is old by then. While neither brings a bar there is no step, and the log says once why.
/// </summary>
/// <remarks>Safe for concurrent callers.</remarks>
public sealed partial class BinanceFeed : IMarketFeed, IDisposable, IAsyncDisposable
{
    private readonly MarketCalls _market;
    private readonly Func<DateTime> _now;
    private readonly TimeProvider _time;
    private readonly BinanceFeedOptions _options;
    private readonly ImmutableArray<BarShelf> _shelves;
    private readonly SymbolStates _states;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly DateTime _start;
    private readonly string[] _names;
    private readonly string _words;
    private readonly StreamsOpener? _open;
    private StreamWatch? _streams;
    private Task _asking = Task.CompletedTask;
    private long _silentSince;
    private bool _isSilent;

    private BinanceFeed(
        MarketCalls market, string place, Interval interval, ExchangeInfo info, IReadOnlyList<string> names, BinanceFeedOptions options, StreamsOpener? open, Func<DateTime> now, TimeProvider time)
    {
        (_market, _options, _open, _now, _time, Interval) = (market, options, open, now, time, interval);
        _names = [.. names];
        Symbols = [.. names.Select(name => info.Symbols[name].Rules)];
        _shelves = [.. names.Select(name => new BarShelf(name, interval, market, Math.Max(LeastKept, options.HistoryBars)))];
        Streamed = new StreamedMarket(_names, time);
        _states = new SymbolStates(market, _names);
        _states.Take(info, Log);
        _start = interval.StartOf(now());
        Identity = $"binance {place} {interval}";
        _words = string.Create(CultureInfo.InvariantCulture, $"live bars of Binance ({place}): {string.Join(", ", names)}, {interval}");
    }

    public string Identity { get; }

    /// <summary>Says also how the bars come now.</summary>
    public string Description => _open is null
        ? $"{_words}, asked for as they close"
        : Volatile.Read(ref _streams) is { IsConnected: false } ? $"{_words}, asked for as they close since the market streams are not connected" : $"{_words}, by stream";

    public Interval Interval { get; }

    public IReadOnlyList<SymbolRules> Symbols { get; }

    public bool IsLive => true;

    /// <summary>Is told when bars or streams stay away and when they come again; set before the first step.</summary>
    public ILogger Log { get; set; } = NullLogger.Instance;

    /// <summary>Where streams bring what they have.</summary>
    internal StreamedMarket Streamed { get; }

    /// <summary>Asks the exchange for its symbols.</summary>
    /// <param name="names">In any order.</param>
    /// <param name="place">Which of its exchanges it is; an account is bound to it.</param>
    /// <param name="open">Connects with the market streams, at the first step; null to ask for each bar.</param>
    /// <param name="now">What the exchange's clock shows, UTC.</param>
    /// <param name="patience">How long to ask; null for once.</param>
    /// <exception cref="MarketFeedException">The exchange cannot be asked, or has no such symbol or no bars of that length.</exception>
    public static async Task<BinanceFeed> ConnectAsync(
        MarketCalls market, string place, Interval interval, IReadOnlyList<string> names, BinanceFeedOptions options, StreamsOpener? open, Func<DateTime> now, TimeProvider time, StartPatience? patience = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(market);
        if (!KlineIntervals.Has(interval)) throw new MarketFeedException($"Binance has no bars of {interval}; it has {string.Join(", ", KlineIntervals.All)}.");
        patience ??= StartPatience.None;
        var clock = await patience.AskAsync(() => market.ClockOffsetAsync(cancellation), cancellation);
        if (clock.Error is { } away) throw new MarketFeedException(away.Sentence);
        string[] wanted = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var answer = await patience.AskAsync(() => market.ListedAsync(wanted, RequestRank.Data, cancellation), cancellation);
        if (!answer.TryGet(out var info)) throw new MarketFeedException(answer.Error!.Sentence);
        string[] missing = [.. wanted.Where(name => !info.Symbols.ContainsKey(name))];
        if (missing.Length > 0) throw new MarketFeedException($"Binance has no {Counted.Word(missing.Length, "symbol")} {string.Join(", ", missing)}; check Market:Symbols, and Account:HandOver for what was taken off for good.");
        return new BinanceFeed(market, place, interval, info, wanted, options, open, now, time);
    }

    public bool HasEnded(DateTime time) => false;

    public SymbolStatus StatusOf(string symbol) => _states.Of(symbol);

    public string? Standstill => _market.Standstill is { } standstill ? ErrorSentence.Standstill(standstill) : null;

    public Quote QuoteOf(string symbol) => Streamed.QuoteOf(symbol, TimeSpan.FromSeconds(_options.QuoteSeconds));

    public async ValueTask<MarketStep?> NextAsync(DateTime time, CancellationToken cancellation)
    {
        // A new account begins with the bar under way.
        var open = Interval.StartOf(time == default ? _start : time);
        Task? patience = null;
        while (true)
        {
            var arrival = Streamed.Arrival;
            if (await LookAsync(open, cancellation) is { } step) return step;
            if (_open is null || patience is { IsCompleted: true } || !IsAboutToClose(open)) return null;
            // Who asks four times a second would see a bar that comes by stream up to a quarter of a second late.
            patience ??= Task.Delay(TimeSpan.FromMilliseconds(_options.WaitMs), _time, cancellation);
            await Task.WhenAny(arrival, patience);
        }
    }

    public async ValueTask<IReadOnlyList<Candle>> HistoryAsync(string symbol, DateTime after, DateTime upTo, int most, CancellationToken cancellation)
    {
        var index = Array.FindIndex(_names, name => string.Equals(name, symbol, StringComparison.Ordinal));
        if (index < 0) throw new MarketFeedException($"{symbol} is none of the symbols that are traded; these are {string.Join(", ", _names)}.");
        // A bar that closes after that moment opens at or after the beginning of its own.
        var earliest = upTo == default ? upTo : upTo - (Interval.Length * _options.HistoryBars);
        var open = Interval.StartOf(after < earliest ? earliest : after);
        if (upTo == default || Interval.CloseOf(open) > upTo) return [];
        await _turn.WaitAsync(cancellation);
        try
        {
            var shelf = _shelves[index];
            if (!shelf.Reaches(open) && await shelf.FillAsync(open, _now() - Settling, cancellation) is { } error) throw new MarketFeedException(error.Sentence);
            return [.. shelf.From(open).TakeWhile(bar => Interval.CloseOf(bar.OpenTime) <= upTo).Take(most)];
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (_streams is not null) await _streams.DisposeAsync();
        _turn.Dispose();
    }

    private const int LeastKept = 5_000;

    private IEnumerable<BarShelf> Listed => _shelves.Where(shelf => !_states.IsGone(shelf.Symbol));

    private TimeSpan Settling => TimeSpan.FromSeconds(_options.SettleSeconds);

    private async Task<MarketStep?> LookAsync(DateTime open, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_open is not null && _streams is null) Volatile.Write(ref _streams, new StreamWatch(_open(Streamed, Log), _names, Interval, Log, _time));
            var now = _now();
            foreach (var shelf in _shelves)
            {
                if (now < Interval.CloseOf(open)) shelf.BeginAt(open);
                Streamed.MoveTo(shelf);
            }

            if (Listed.All(shelf => shelf.Covers(open)))
            {
                // Nobody waits for it: the bars are there.
                if (_asking.IsCompleted) _asking = Task.Run(() => _states.AskAsync(Log, CancellationToken.None));
            }
            else if (now < Interval.CloseOf(open) + Settling || IsResting() || !await FillAsync(open, now - Settling, cancellation))
            {
                return null;
            }

            return StepAfter(open, now);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The bars of the earliest close; null where there are none, or where others may come a moment later.</summary>
    private MarketStep? StepAfter(DateTime open, DateTime now)
    {
        var firsts = ImmutableArray.CreateBuilder<SymbolBar>();
        for (var i = 0; i < _names.Length; i++)
            foreach (var bar in _shelves[i].From(open).Take(1))
                firsts.Add(new SymbolBar(Symbols[i].Symbol, bar));
        if (firsts.Count == 0) return null;
        var first = firsts.Min(bar => bar.Candle.OpenTime);
        ImmutableArray<SymbolBar> bars = [.. firsts.Where(bar => bar.Candle.OpenTime == first)];
        var isLate = now >= Interval.CloseOf(first) + TimeSpan.FromSeconds(_options.PatienceSeconds);
        if (!isLate && bars.Length < _states.Traded) return null;
        if (_isSilent) LogBack(Log);
        _isSilent = false;
        return new MarketStep(Interval.CloseOf(first), bars);
    }

    /// <summary>Asks for the bars that are missing.</summary>
    /// <returns>False where somebody did not answer.</returns>
    private async Task<bool> FillAsync(DateTime open, DateTime settled, CancellationToken cancellation)
    {
        await _states.AskAsync(Log, cancellation);
        BarShelf[] missing = [.. Listed.Where(shelf => !shelf.Covers(open))];
        var errors = await Task.WhenAll(Listed.Select(shelf => shelf.FillAsync(open, settled, cancellation)));
        // The next attempt learns which it is, and goes on without it.
        if (Array.Exists(errors, error => error is { Code: MarketCalls.UnknownSymbol })) _market.DoubtExchangeInfo();
        if (Array.Find(errors, error => error is not null) is { } failed)
        {
            Rest(failed);
            return false;
        }

        _streams?.Missed([.. missing.Where(shelf => shelf.Covers(open)).Select(shelf => shelf.Symbol)]);
        return true;
    }

    private bool IsAboutToClose(DateTime open)
    {
        var (now, close) = (_now(), Interval.CloseOf(open));
        return now >= close - TimeSpan.FromMilliseconds(_options.WaitMs) && now < close + Settling;
    }

    private bool IsResting() => _isSilent && _time.GetElapsedTime(_silentSince) < TimeSpan.FromSeconds(_options.RetrySeconds);

    private void Rest(BinanceError error)
    {
        if (!_isSilent) LogSilence(Log, error.Sentence);
        (_isSilent, _silentSince) = (true, _time.GetTimestamp());
    }

    [LoggerMessage(LogLevel.Warning, "There are no new bars: {Sentence}")]
    private static partial void LogSilence(ILogger logger, string sentence);

    [LoggerMessage(LogLevel.Information, "Bars come again")]
    private static partial void LogBack(ILogger logger);
}
