using OrleansTrader.Adapters.Binance.Calls.Json;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>What the exchange says of one account: balances, orders and trades. Goes before entries, since it finds out what became of orders.</summary>
public sealed class AccountCalls
{
    /// <summary>The exchange knows no such order; may also mean that it does not show it yet.</summary>
    public const int NoSuchOrder = -2013;

    /// <summary>The most orders or trades of one answer.</summary>
    public const int MostRows = 1_000;

    private readonly RestConnection _rest;
    private readonly CachedReads<CommissionTable> _commissions;

    public AccountCalls(RestConnection rest, CacheOptions cache, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(cache);
        _rest = rest;
        _commissions = new CachedReads<CommissionTable>(TimeSpan.FromSeconds(cache.CommissionSeconds), time);
    }

    /// <summary>Measures the exchange's clock.</summary>
    /// <returns>How far it is ahead of the clock of this machine (below zero: behind), or why nobody knows.</returns>
    public Task<Answer<TimeSpan>> ClockOffsetAsync(CancellationToken cancellation = default) => _rest.ClockOffsetAsync(cancellation);

    /// <summary>Balances and rights; assets of which there is nothing are left out.</summary>
    public Task<Answer<AccountView>> AccountAsync(CancellationToken cancellation = default) =>
        _rest.SendAsync(Look("/api/v3/account", 20), _rest.Parameters().Add("omitZeroBalances"u8, "true"), json => BinanceJson.Read(json, BinanceJson.Default.AccountView), cancellation);

    /// <summary>What the key may do. Only production tells: elsewhere there is no such call (HTTP status 404).</summary>
    public Task<Answer<KeyRights>> KeyRightsAsync(CancellationToken cancellation = default) =>
        _rest.SendAsync(Look("/sapi/v1/account/apiRestrictions", 1), parameters: null, json => BinanceJson.Read(json, BinanceJson.Default.KeyRights), cancellation);

    /// <summary>What trades in a symbol cost; used again for <see cref="CacheOptions.CommissionSeconds"/>.</summary>
    public Task<Answer<CommissionTable>> CommissionAsync(string symbol, CancellationToken cancellation = default) => _commissions.GetAsync(
        symbol,
        RequestRank.Entry,
        () => _rest.SendAsync(Look("/api/v3/account/commission", 20), _rest.Parameters().Add("symbol"u8, symbol), json => BinanceJson.Read(json, BinanceJson.Default.CommissionTable), CancellationToken.None),
        cancellation);

    /// <summary>One order, open or not; an error with <see cref="NoSuchOrder"/> when there is none, or none yet.</summary>
    public Task<Answer<ExchangeOrder>> OrderAsync(OrderName order, CancellationToken cancellation = default) =>
        _rest.SendAsync(Look("/api/v3/order", 4), order.AddTo(_rest.Parameters().Add("symbol"u8, order.Symbol), "orderId"u8, "origClientOrderId"u8), json => BinanceJson.Read(json, BinanceJson.Default.ExchangeOrder), cancellation);

    /// <summary>One list of orders, without what became of each.</summary>
    /// <param name="list">Its number, or the name that the client gave it.</param>
    public Task<Answer<ExchangeOrderList>> OrderListAsync(OrderName list, CancellationToken cancellation = default) =>
        _rest.SendAsync(Look("/api/v3/orderList", 4), list.AddTo(_rest.Parameters(), "orderListId"u8, "origClientOrderId"u8), json => BinanceJson.Read(json, BinanceJson.Default.ExchangeOrderList), cancellation);

    /// <summary>The open orders.</summary>
    /// <param name="symbol">Null for all symbols, which weighs 80 instead of 6.</param>
    public Task<Answer<ExchangeOrder[]>> OpenOrdersAsync(string? symbol, CancellationToken cancellation = default) => symbol is null
        ? _rest.SendAsync(Look("/api/v3/openOrders", 80), parameters: null, ReadOrders, cancellation)
        : _rest.SendAsync(Look("/api/v3/openOrders", 6), _rest.Parameters().Add("symbol"u8, symbol), ReadOrders, cancellation);

    /// <summary>Orders of a symbol, open or not, by ascending number.</summary>
    /// <param name="fromOrderId">The first number; 0 for the newest orders.</param>
    public Task<Answer<ExchangeOrder[]>> AllOrdersAsync(string symbol, long fromOrderId = 0, int limit = MostRows, CancellationToken cancellation = default)
    {
        var text = _rest.Parameters().Add("symbol"u8, symbol);
        if (fromOrderId > 0) text.Add("orderId"u8, fromOrderId);
        return _rest.SendAsync(Look("/api/v3/allOrders", 20), text.Add("limit"u8, limit), ReadOrders, cancellation);
    }

    /// <summary>All trades of one order, by ascending number, in as many requests as it takes.</summary>
    public async Task<Answer<AccountTrade[]>> TradesOfAsync(string symbol, long orderId, CancellationToken cancellation = default)
    {
        var answer = await TradesOfAsync(symbol, orderId, fromId: -1, cancellation);
        // These are the latest ones.
        if (!answer.TryGet(out var page) || page.Length < MostRows) return answer;
        List<AccountTrade> all = [];
        for (var from = 0L; ; from = page[^1].Id + 1)
        {
            answer = await TradesOfAsync(symbol, orderId, from, cancellation);
            if (!answer.TryGet(out page)) return answer;
            all.AddRange(page);
            if (page.Length < MostRows) return new Answer<AccountTrade[]>.Given([.. all]);
        }
    }

    private Task<Answer<AccountTrade[]>> TradesOfAsync(string symbol, long orderId, long fromId, CancellationToken cancellation)
    {
        var text = _rest.Parameters().Add("symbol"u8, symbol).Add("orderId"u8, orderId);
        if (fromId >= 0) text.Add("fromId"u8, fromId);
        return _rest.SendAsync(Look("/api/v3/myTrades", 5), text.Add("limit"u8, MostRows), ReadTrades, cancellation);
    }

    /// <summary>Trades in a symbol, by ascending number.</summary>
    /// <param name="fromId">The first number; 0 for the newest trades.</param>
    public Task<Answer<AccountTrade[]>> TradesAsync(string symbol, long fromId = 0, int limit = MostRows, CancellationToken cancellation = default)
    {
        var text = _rest.Parameters().Add("symbol"u8, symbol);
        if (fromId > 0) text.Add("fromId"u8, fromId);
        return _rest.SendAsync(Look("/api/v3/myTrades", 20), text.Add("limit"u8, limit), ReadTrades, cancellation);
    }

    /// <summary>Learns how many orders the exchange has counted in the present windows, as after a start.</summary>
    /// <returns>Null when it is known now, otherwise why not.</returns>
    public async Task<BinanceError?> LearnOrderCountsAsync(CancellationToken cancellation = default)
    {
        var answer = await _rest.SendAsync(Look("/api/v3/rateLimit/order", 40), parameters: null, json => BinanceJson.Read(json, BinanceJson.Default.LimitTextArray), cancellation);
        if (answer.TryGet(out var counts))
            foreach (var count in counts)
                _rest.Gate.Observe(count.RateLimitType, count.Window, count.Count, _rest.Account);
        return answer.Error;
    }

    private RestCall Look(string path, int weight) => new(HttpMethod.Get, path, new RequestCost(weight, 0, _rest.Account), RequestRank.Exit, RequestNature.Read, IsSigned: true);

    private static ExchangeOrder[] ReadOrders(ReadOnlyMemory<byte> json) => BinanceJson.Read(json, BinanceJson.Default.ExchangeOrderArray);

    private static AccountTrade[] ReadTrades(ReadOnlyMemory<byte> json) => BinanceJson.Read(json, BinanceJson.Default.AccountTradeArray);
}
