using System.Collections.Immutable;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Silo.Hosting;

/// <summary>An account that hears of its orders only when it asks.</summary>
internal sealed class UnstreamedAccount : ILiveExchange
{
    private readonly AccountCalls _account;
    private readonly BinanceExchange _exchange;
    private readonly OrderNames _names;

    public UnstreamedAccount(LiveAccount live, string name)
    {
        _names = new OrderNames(name);
        _account = new AccountCalls(live.Rest, new CacheOptions(), live.Line.Time);
        _exchange = new BinanceExchange(new OrderCalls(live.Rest), _account, new AssetRates(live.Line.Market), live.Listings, _names, new ExecutionOptions(), live.Line.Time);
    }

    public ValueTask<OrderOutcome> SendAsync(OrderRequest request, CancellationToken cancellation) => _exchange.SendAsync(request, cancellation);

    public ValueTask<OrderOutcome> FindAsync(OrderRequest request, CancellationToken cancellation) => _exchange.FindAsync(request, cancellation);

    public IReadOnlyList<ExecutionReport> TakeReports() => _exchange.TakeReports();

    public void Listen(Action heard)
    {
        // Nobody tells anything.
    }

    public bool TakeDoubt() => false;

    public async ValueTask<ExchangePicture?> LookAsync(CancellationToken cancellation)
    {
        if (!(await _account.AccountAsync(cancellation)).TryGet(out var view) || !(await _account.OpenOrdersAsync(symbol: null, cancellation)).TryGet(out var orders)) return null;
        return new ExchangePicture([.. orders.Select(Resting)], [.. view.Balances.Select(balance => new OwnedAsset(balance.Asset, balance.Free + balance.Locked))]);
    }

    private RestingOrder Resting(ExchangeOrder order)
    {
        _ = _names.TryParse(order.ClientOrderId, out var id, out var leg);
        return new RestingOrder(id, order.Symbol, order.ClientOrderId, order.Side, leg, order.Quantity, order.Executed);
    }
}
