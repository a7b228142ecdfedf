using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Streams.Account;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>One account at Binance as it lives: its orders, what the exchange tells of them by itself, and what the exchange has when it is asked.</summary>
/// <remarks>Whoever makes it connects an <see cref="AccountStream"/> that tells it; without one everything is found by looking.</remarks>
public sealed partial class BinanceAccount : ILiveExchange, IAccountListener
{
    /// <summary>The most symbols for which asking for each costs less than asking for all.</summary>
    private const int FewSymbols = 13;

    private const int FewOrders = 20;

    /// <summary>In which the exchange may take its fees.</summary>
    private const string FeeCoin = "BNB";

    private readonly OrderCalls _orders;
    private readonly AccountCalls _account;
    private readonly MarketCalls _market;
    private readonly TradedSymbols _symbols;
    private readonly OrderNames _names;
    private readonly ExecutionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly AssetRates _rates;
    private readonly BinanceExchange _exchange;
    private readonly OrderEvents _events;
    private readonly ConcurrentDictionary<string, bool> _foreign = new(StringComparer.Ordinal);
    private readonly List<ExecutionReport> _told = [];
    private volatile Action? _heard;
    private volatile string? _failure;
    private volatile string? _silence;
    private volatile bool _isSeen;
    private int _doubt;
    private long _lastOrderId = -1;

    /// <param name="symbols">Those that are traded.</param>
    public BinanceAccount(OrderCalls orders, AccountCalls account, MarketCalls market, TradedSymbols symbols, OrderNames names, ExecutionOptions options, TimeProvider time, ILogger<BinanceAccount> log)
    {
        (_orders, _account, _market, _symbols, _names, _options, _time, _log) = (orders, account, market, symbols, names, options, time, log);
        _rates = new AssetRates(market);
        _exchange = new BinanceExchange(orders, account, _rates, symbols, names, options, time, log);
        _events = new OrderEvents(names, symbols.Latest, _rates);
    }

    public DateTime Now => _orders.Now;

    public string? Failure => _failure;

    /// <summary>Where nothing can be found by looking either, <see cref="Failure"/> says why.</summary>
    public string? Silence => _isSeen && _silence is { } why ? $"What happens to the account is found by the comparison of each minute alone. {why}" : null;

    public void Listen(Action heard) => _heard = heard;

    public bool TakeDoubt() => Interlocked.Exchange(ref _doubt, 0) != 0;

    public async ValueTask<OrderOutcome> SendAsync(OrderRequest request, CancellationToken cancellation)
    {
        var outcome = await _exchange.SendAsync(request, cancellation);
        if (outcome.Reason is RejectReason.BadPrice or RejectReason.BadQuantity or RejectReason.BelowMinNotional) await LookAtRulesAsync(request.Symbol, cancellation);
        return outcome;
    }

    public ValueTask<OrderOutcome> FindAsync(OrderRequest request, CancellationToken cancellation) => _exchange.FindAsync(request, cancellation);

    public IReadOnlyList<ExecutionReport> TakeReports() => _exchange.TakeReports();

    public async ValueTask<ExchangePicture?> LookAsync(CancellationToken cancellation)
    {
        ExchangePicture? picture = null;
        try
        {
            return picture = await PictureAsync(cancellation);
        }
        finally
        {
            _isSeen = picture is not null;
        }
    }

    public void OnOrder(OrderReport report)
    {
        _told.Clear();
        _events.AddTo(_told, report);
        foreach (ref readonly var told in CollectionsMarshal.AsSpan(_told)) _exchange.Tell(in told);
        if (_told.Count > 0) _heard?.Invoke();
        else if (report.Execution == ExecutionType.Trade && _symbols.Latest.ContainsKey(report.Symbol)) Doubt();
    }

    public void OnOrderList(OrderListReport report)
    {
        // Each of its orders is told by itself.
    }

    public void OnBalances(BalanceReport report)
    {
        // What the account's own orders do to them it knows, and of anything else there is a transfer, or an order of others.
    }

    public void OnTransfer(TransferReport report) => Doubt();

    public void OnSubscribed()
    {
        _silence = null;
        Doubt();
    }

    public void OnLost() => LogLost(_log);

    public void OnSilent(string why) => _silence = why;

    private async Task<ExchangePicture?> PictureAsync(CancellationToken cancellation)
    {
        _failure = null;
        await _symbols.LearnAsync(RequestRank.Data, cancellation);
        if (await RestingAsync(cancellation) is not { } resting || !Has(await _account.AccountAsync(cancellation), out var view)) return null;
        ImmutableArray<OwnedAsset> assets = [.. view.Balances.Select(balance => new OwnedAsset(balance.Asset, balance.Free + balance.Locked)).Where(owned => owned.Amount != 0)];
        foreach (var order in resting.Where(order => order.OrderId == 0 && _foreign.TryAdd(order.Name, true))) LogForeign(_log, order.Name, order.Symbol, order.Side, order.Quantity);
        if (await LastOrderIdAsync(cancellation) is not (>= 0 and var last)) return null;
        _lastOrderId = Math.Max(_lastOrderId, last);
        return new ExchangePicture(resting, assets, await PricesAsync(assets, cancellation))
        {
            LastOrderId = _lastOrderId,
            Time = Now,
            Rules = [.. Listings.Select(listing => listing.Rules)],
            // An account that may not trade is one for which nothing is traded.
            Closed = [.. Listings.Where(listing => !view.CanTrade || listing.CoreStatus != SymbolStatus.Trading).Select(listing => listing.Symbol)],
        };
    }

    private IEnumerable<SymbolListing> Listings => _symbols.Latest.Values.OrderBy(listing => listing.Symbol, StringComparer.Ordinal);

    /// <summary>
    /// An order was refused for what it is: the account is told the rules of its symbol before, or together with, the refusal. That does not wait long for them,
    /// since it may leave a position without a stop: the next look brings them then.
    /// </summary>
    private async Task LookAtRulesAsync(string symbol, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(_options.RulesSeconds), _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        if (!await _symbols.LearnAnewAsync(both.Token)) Doubt();
        else if (_symbols.Latest.TryGetValue(symbol, out var listing)) _exchange.Tell(new ExecutionReport { Kind = ReportKind.Listed, Symbol = symbol, Rules = listing.Rules, Time = Now });
    }

    private void Doubt()
    {
        Interlocked.Exchange(ref _doubt, 1);
        _heard?.Invoke();
    }

    private async Task<ImmutableArray<RestingOrder>?> RestingAsync(CancellationToken cancellation)
    {
        var listed = _symbols.Latest;
        if (listed.Count > FewSymbols) return Has(await _account.OpenOrdersAsync(symbol: null, cancellation), out var all) ? [.. all.Where(order => listed.ContainsKey(order.Symbol)).Select(RestingOf)] : null;
        var resting = ImmutableArray.CreateBuilder<RestingOrder>();
        foreach (var symbol in Listings.Select(listing => listing.Symbol))
        {
            var answer = await _account.OpenOrdersAsync(symbol, cancellation);
            if (Has(answer, out var open)) resting.AddRange(open.Select(RestingOf));
            else if (!IsUnknownSymbol(answer.Error!)) return null;
        }

        return resting.ToImmutable();
    }

    /// <returns>Below 0 when the exchange could not be asked.</returns>
    private async Task<long> LastOrderIdAsync(CancellationToken cancellation)
    {
        var last = 0L;
        foreach (var symbol in Listings.Select(listing => listing.Symbol))
        {
            // All that there are at first; later the few of the minute.
            var answer = await _account.AllOrdersAsync(symbol, limit: _lastOrderId < 0 ? AccountCalls.MostRows : FewOrders, cancellation: cancellation);
            if (!Has(answer, out var latest))
            {
                if (IsUnknownSymbol(answer.Error!)) continue;
                return -1;
            }

            foreach (var order in latest)
                if (_names.TryParse(order.ClientOrderId, out var id, out _) && id > last)
                    last = id;
        }

        return last;
    }

    /// <summary>What was asked for; why it was not given is what the look fails for.</summary>
    private bool Has<T>(Answer<T> answer, [MaybeNullWhen(returnValue: false)] out T given)
    {
        if (answer.TryGet(out given)) return true;
        // The look goes on without a symbol that was taken off.
        _failure = IsUnknownSymbol(answer.Error!) ? null : answer.Error!.Sentence;
        return false;
    }

    private RestingOrder RestingOf(ExchangeOrder order)
    {
        if (!_names.TryParse(order.ClientOrderId, out var id, out var leg)) (id, leg) = (0, OcoLeg.None);
        return new RestingOrder(id, order.Symbol, order.ClientOrderId, order.Side, leg, order.Quantity, order.Executed)
        {
            IsTriggered = order is { Type: BinanceOrderType.StopLoss or BinanceOrderType.StopLossLimit, WorkingTime: not null },
        };
    }

    /// <summary>It was taken off the exchange: nothing rests there.</summary>
    private static bool IsUnknownSymbol(BinanceError error) => error is { Kind: BinanceErrorKind.Rejected, Code: MarketCalls.UnknownSymbol };

    private async Task<ImmutableArray<SymbolPrice>> PricesAsync(ImmutableArray<OwnedAsset> assets, CancellationToken cancellation)
    {
        var prices = ImmutableArray.CreateBuilder<SymbolPrice>();
        foreach (var listing in Listings)
        {
            if (!assets.Any(owned => string.Equals(owned.Asset, listing.BaseAsset, StringComparison.Ordinal))) continue;
            if ((await _market.PriceAsync(listing.Symbol, cancellation)).TryGet(out var ticker)) prices.Add(new SymbolPrice(listing.Symbol, ticker.Price));
        }

        if (Listings.FirstOrDefault() is { } any && assets.Any(owned => string.Equals(owned.Asset, FeeCoin, StringComparison.Ordinal))) await _rates.LearnAsync(FeeCoin, any.Rules, cancellation);
        return prices.ToImmutable();
    }

    [LoggerMessage(LogLevel.Warning, "{Name} rests at the exchange and is none of the account's orders ({Symbol}, {Side} {Quantity}); it is left alone")]
    private static partial void LogForeign(ILogger logger, string name, string symbol, OrderSide side, decimal quantity);

    [LoggerMessage(LogLevel.Warning, "The account's events have stopped; once they come again, everything is asked for")]
    private static partial void LogLost(ILogger logger);
}
