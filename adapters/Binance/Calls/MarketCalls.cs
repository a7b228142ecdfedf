using System.Collections.Frozen;
using System.Text.Json;
using OrleansTrader.Adapters.Binance.Calls.Json;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Market.Books;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>What the exchange says of its markets; needs no key.</summary>
public sealed class MarketCalls
{
    /// <summary>The most bars of one answer.</summary>
    public const int MostKlines = 1_000;

    /// <summary>The most levels on a side of one answer.</summary>
    public const int MostLevels = 5_000;

    /// <summary>What the exchange answers when it does not have a symbol that it was asked for.</summary>
    public const int UnknownSymbol = -1121;

    private const string Everything = "";

    private readonly RestConnection _rest;
    private readonly CachedReads<ExchangeInfo> _info;
    private readonly CachedReads<IReadOnlyList<DayTicker>> _dayTickers;
    private readonly CachedReads<IReadOnlyList<PriceTicker>> _prices;

    public MarketCalls(RestConnection rest, CacheOptions cache, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(cache);
        _rest = rest;
        _info = new CachedReads<ExchangeInfo>(TimeSpan.FromSeconds(cache.ExchangeInfoSeconds), time);
        _dayTickers = new CachedReads<IReadOnlyList<DayTicker>>(TimeSpan.FromSeconds(cache.TickerSeconds), time);
        _prices = new CachedReads<IReadOnlyList<PriceTicker>>(TimeSpan.FromSeconds(cache.TickerSeconds), time);
    }

    /// <inheritdoc cref="RateGate.Standstill"/>
    internal Standstill? Standstill => _rest.Gate.Standstill;

    /// <summary>Measures the exchange's clock.</summary>
    /// <returns>How far it is ahead of the clock of this machine (below zero: behind), or why nobody knows.</returns>
    public Task<Answer<TimeSpan>> ClockOffsetAsync(CancellationToken cancellation = default) => _rest.ClockOffsetAsync(cancellation);

    /// <summary>Symbols and limits, which hold from then on; used again for <see cref="CacheOptions.ExchangeInfoSeconds"/>.</summary>
    /// <param name="symbols">Null for all.</param>
    public Task<Answer<ExchangeInfo>> ExchangeInfoAsync(IReadOnlyCollection<string>? symbols = null, CancellationToken cancellation = default) => ExchangeInfoAsync(symbols, RequestRank.Data, cancellation);

    /// <summary>As above, before or after other requests.</summary>
    public Task<Answer<ExchangeInfo>> ExchangeInfoAsync(IReadOnlyCollection<string>? symbols, RequestRank rank, CancellationToken cancellation)
    {
        var list = symbols is null ? Everything : ListOf(symbols);
        return _info.GetAsync(list, rank, ReadAsync, cancellation);

        async Task<Answer<ExchangeInfo>> ReadAsync()
        {
            var text = _rest.Parameters();
            if (list.Length > 0) text.Add("symbols"u8, list);
            var answer = await _rest.SendAsync(Look("/api/v3/exchangeInfo", 20) with { Rank = rank }, text, json => BinanceJson.Read(json, BinanceJson.Default.ListingText).Read(), CancellationToken.None);
            if (answer.TryGet(out var info)) _rest.Gate.Adopt(info.Limits.AsSpan());
            return answer;
        }
    }

    /// <summary>Somebody has learned otherwise: what was answered about symbols and limits so far is not used again.</summary>
    public void DoubtExchangeInfo() => _info.Doubt();

    /// <summary>
    /// As <see cref="ExchangeInfoAsync(IReadOnlyCollection{string}, RequestRank, CancellationToken)"/>, of those of the symbols that the exchange knows: one that
    /// it does not know keeps the answer about all away, so that each is asked for by itself then.
    /// </summary>
    public async Task<Answer<ExchangeInfo>> ListedAsync(IReadOnlyCollection<string> symbols, RequestRank rank, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        var whole = await ExchangeInfoAsync(symbols, rank, cancellation);
        if (whole.Error is not { Code: UnknownSymbol }) return whole;
        var listed = new Dictionary<string, SymbolListing>(StringComparer.Ordinal);
        var merged = new ExchangeInfo(default, [], FrozenDictionary<string, SymbolListing>.Empty);
        if (symbols.Count > 1)
        {
            foreach (var symbol in symbols)
            {
                var one = await ExchangeInfoAsync([symbol], rank, cancellation);
                if (one.TryGet(out var info))
                {
                    foreach (var (name, listing) in info.Symbols) listed[name] = listing;
                    merged = info;
                }
                else if (one.Error!.Code != UnknownSymbol)
                {
                    return one;
                }
            }
        }

        return new Answer<ExchangeInfo>.Given(merged with { Symbols = listed.ToFrozenDictionary(StringComparer.Ordinal) });
    }

    /// <summary>Bars in order of time; the last one may still be open.</summary>
    /// <param name="from">Of the first bar to open at or after, UTC; null for the newest ones up to <paramref name="to"/>.</param>
    /// <param name="to">Of the last bar to open at or before, UTC; null for now.</param>
    /// <param name="limit">From 1 to <see cref="MostKlines"/>.</param>
    public Task<Answer<Kline[]>> KlinesAsync(string symbol, Interval interval, DateTime? from, DateTime? to, int limit = MostKlines, CancellationToken cancellation = default)
    {
        var text = _rest.Parameters().Add("symbol"u8, symbol).Add("interval"u8, interval.ToString()).Add("limit"u8, limit);
        if (from is { } start) text.Add("startTime"u8, ExchangeTime.Milliseconds(start));
        if (to is { } end) text.Add("endTime"u8, ExchangeTime.Milliseconds(end));
        return _rest.SendAsync(Look("/api/v3/klines", 2), text, MarketReader.Klines, cancellation);
    }

    /// <summary>The order book.</summary>
    /// <param name="levels">On either side, from 1 to <see cref="MostLevels"/>.</param>
    public Task<Answer<BookSnapshot>> DepthAsync(string symbol, int levels, CancellationToken cancellation = default)
    {
        var weight = levels switch { <= 100 => 5, <= 500 => 25, <= 1_000 => 50, _ => 250 };
        return _rest.SendAsync(Look("/api/v3/depth", weight), _rest.Parameters().Add("symbol"u8, symbol).Add("limit"u8, levels), MarketReader.Book, cancellation);
    }

    /// <summary>The last price of one symbol.</summary>
    public Task<Answer<PriceTicker>> PriceAsync(string symbol, CancellationToken cancellation = default) =>
        _rest.SendAsync(Look("/api/v3/ticker/price", 2), _rest.Parameters().Add("symbol"u8, symbol), json => BinanceJson.Read(json, BinanceJson.Default.PriceTicker), cancellation);

    /// <summary>The last prices of all symbols; used again for <see cref="CacheOptions.TickerSeconds"/>.</summary>
    public Task<Answer<IReadOnlyList<PriceTicker>>> PricesAsync(CancellationToken cancellation = default) => _prices.GetAsync(
        Everything,
        RequestRank.Data,
        () => _rest.SendAsync<IReadOnlyList<PriceTicker>>(Look("/api/v3/ticker/price", 4), parameters: null, json => BinanceJson.Read(json, BinanceJson.Default.PriceTickerArray), CancellationToken.None),
        cancellation);

    /// <summary>Best bid and ask of one symbol.</summary>
    public Task<Answer<BookTicker>> BookTickerAsync(string symbol, CancellationToken cancellation = default) =>
        _rest.SendAsync(Look("/api/v3/ticker/bookTicker", 2), _rest.Parameters().Add("symbol"u8, symbol), json => BinanceJson.Read(json, BinanceJson.Default.BookTicker), cancellation);

    /// <summary>The last 24 hours of all symbols; used again for <see cref="CacheOptions.TickerSeconds"/>.</summary>
    public Task<Answer<IReadOnlyList<DayTicker>>> DayTickersAsync(CancellationToken cancellation = default) => _dayTickers.GetAsync(
        Everything,
        RequestRank.Data,
        () => _rest.SendAsync<IReadOnlyList<DayTicker>>(Look("/api/v3/ticker/24hr", 80), parameters: null, json => BinanceJson.Read(json, BinanceJson.Default.DayTickerArray), CancellationToken.None),
        cancellation);

    /// <summary>The last 24 hours of one symbol.</summary>
    public Task<Answer<DayTicker>> DayTickerAsync(string symbol, CancellationToken cancellation = default) =>
        _rest.SendAsync(Look("/api/v3/ticker/24hr", 2), _rest.Parameters().Add("symbol"u8, symbol), json => BinanceJson.Read(json, BinanceJson.Default.DayTicker), cancellation);

    private static string ListOf(IReadOnlyCollection<string> symbols) => $"[{string.Join(',', symbols.Order(StringComparer.Ordinal).Select(symbol => $"\"{JsonEncodedText.Encode(symbol)}\""))}]";

    private static RestCall Look(string path, int weight) => new(HttpMethod.Get, path, new RequestCost(weight), RequestRank.Data, RequestNature.Read, IsSigned: false);
}
