using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Binance.Feed;

/// <summary>
/// Bars of Binance as they close, asked for once each bar. What was missed while the service did not run comes first, a step at a time, and
/// is old by then. While the exchange does not answer there is no step, and the log says once why.
/// </summary>
/// <remarks>Safe for concurrent callers.</remarks>
public sealed partial class BinanceFeed : IMarketFeed, IDisposable
{
    private readonly MarketCalls _market;
    private readonly Func<DateTime> _now;
    private readonly TimeProvider _time;
    private readonly BinanceFeedOptions _options;
    private readonly ImmutableArray<BarShelf> _shelves;
    private readonly ConcurrentDictionary<string, SymbolStatus> _states = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly DateTime _start;
    private readonly string[] _names;
    private long _silentSince;
    private bool _isSilent;

    private BinanceFeed(MarketCalls market, string place, Interval interval, ExchangeInfo info, IReadOnlyList<string> names, BinanceFeedOptions options, Func<DateTime> now, TimeProvider time)
    {
        (_market, _options, _now, _time, Interval) = (market, options, now, time, interval);
        _names = [.. names];
        Symbols = [.. names.Select(name => info.Symbols[name].Rules)];
        _shelves = [.. names.Select(name => new BarShelf(name, interval, market))];
        TakeStates(info);
        _start = interval.StartOf(now());
        Identity = $"binance {place} {interval}";
        Description = string.Create(CultureInfo.InvariantCulture, $"live bars of Binance ({place}): {string.Join(", ", names)}, {interval}");
    }

    public string Identity { get; }

    public string Description { get; }

    public Interval Interval { get; }

    public IReadOnlyList<SymbolRules> Symbols { get; }

    public bool IsLive => true;

    /// <summary>Is told when bars stay away and when they come again.</summary>
    public ILogger Log { get; set; } = NullLogger.Instance;

    /// <summary>Asks the exchange for its symbols.</summary>
    /// <param name="names">In any order.</param>
    /// <param name="place">Which of its exchanges it is; an account is bound to it.</param>
    /// <param name="now">What the exchange's clock shows, UTC.</param>
    /// <exception cref="MarketFeedException">The exchange cannot be asked, or has no such symbol or no bars of that length.</exception>
    public static async Task<BinanceFeed> ConnectAsync(
        MarketCalls market, string place, Interval interval, IReadOnlyList<string> names, BinanceFeedOptions options, Func<DateTime> now, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(market);
        if (!KlineIntervals.Has(interval)) throw new MarketFeedException($"Binance has no bars of {interval}; it has {string.Join(", ", KlineIntervals.All)}.");
        if (await market.MeasureClockAsync(cancellation) is { } away) throw new MarketFeedException(away.Sentence);
        string[] wanted = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var answer = await market.ExchangeInfoAsync(wanted, cancellation);
        if (answer.Error is { } error) throw new MarketFeedException(error.Code == UnknownSymbol ? $"Binance has not all of the symbols {string.Join(", ", wanted)}; check Market:Symbols." : error.Sentence);
        _ = answer.TryGet(out var info);
        if (Array.Find(wanted, name => !info!.Symbols.ContainsKey(name)) is { } missing) throw new MarketFeedException($"Binance has no symbol {missing}; check Market:Symbols.");
        return new BinanceFeed(market, place, interval, info!, wanted, options, now, time);
    }

    public bool HasEnded(DateTime time) => false;

    public SymbolStatus StatusOf(string symbol) => _states.GetValueOrDefault(symbol);

    public async ValueTask<MarketStep?> NextAsync(DateTime time, CancellationToken cancellation)
    {
        // A new account begins with the bar under way.
        var open = Interval.StartOf(time == default ? _start : time);
        await _turn.WaitAsync(cancellation);
        try
        {
            var now = _now();
            if (now < Interval.CloseOf(open) + TimeSpan.FromSeconds(_options.SettleSeconds) || IsResting()) return null;
            if (await FillAsync(open, now, cancellation) is not { } firsts) return null;
            if (firsts.IsEmpty) return null;
            var first = firsts.Min(bar => bar.Candle.OpenTime);
            ImmutableArray<SymbolBar> bars = [.. firsts.Where(bar => bar.Candle.OpenTime == first)];
            // The rest may come a moment later.
            var isLate = now >= Interval.CloseOf(first) + TimeSpan.FromSeconds(_options.PatienceSeconds);
            return isLate || bars.Length >= TradedCount() ? new MarketStep(Interval.CloseOf(first), bars) : null;
        }
        finally
        {
            _turn.Release();
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
            if (!shelf.Reaches(open) && await shelf.FillAsync(open, _now(), cancellation) is { } error) throw new MarketFeedException(error.Sentence);
            return [.. shelf.From(open).TakeWhile(bar => Interval.CloseOf(bar.OpenTime) <= upTo).Take(most)];
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private const int UnknownSymbol = -1121;

    /// <summary>The first closed bar of each symbol that opens at or after that moment; null where somebody did not answer.</summary>
    private async Task<ImmutableArray<SymbolBar>?> FillAsync(DateTime open, DateTime now, CancellationToken cancellation)
    {
        var info = await _market.ExchangeInfoAsync(_names, cancellation);
        if (info.TryGet(out var known)) TakeStates(known);
        var errors = await Task.WhenAll(_shelves.Select(shelf => shelf.FillAsync(open, now, cancellation)));
        if (Array.Find(errors, error => error is not null) is { } failed)
        {
            Rest(failed);
            return null;
        }

        if (_isSilent) LogBack(Log);
        _isSilent = false;
        var firsts = ImmutableArray.CreateBuilder<SymbolBar>();
        for (var i = 0; i < _names.Length; i++)
            foreach (var bar in _shelves[i].From(open).Take(1))
                firsts.Add(new SymbolBar(Symbols[i].Symbol, bar));
        return firsts.ToImmutable();
    }

    private int TradedCount() => _names.Count(name => StatusOf(name) == SymbolStatus.Trading);

    private void TakeStates(ExchangeInfo info)
    {
        foreach (var name in _names)
            if (info.Symbols.TryGetValue(name, out var listing))
                _states[name] = listing.CoreStatus;
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
