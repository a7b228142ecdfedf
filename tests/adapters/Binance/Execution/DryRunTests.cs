using Microsoft.Extensions.Logging.Abstractions;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Adapters.Tests.Binance.Calls;
using OrleansTrader.Adapters.Tests.Binance.Rest;
using OrleansTrader.Adapters.Tests.ExchangeSimulator;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Binance.Execution;

/// <summary>A dry run at the exchange to rehearse at, over a real socket.</summary>
public sealed class DryRunTests
{
    private const string Symbol = "BTCUSDT";

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_order_and_no_cancellation_ever_leaves_and_what_is_there_can_be_seen()
    {
        await using var visitor = await Visitor.ComeAsync(BarFeed.Of([.. Enumerable.Repeat(100.0, 30)]));
        using var connected = new Connected(visitor.Server.Address, visitor.Time);
        var market = new MarketCalls(connected.Rest, new CacheOptions(), visitor.Time);
        var account = new AccountCalls(connected.Rest, new CacheOptions(), visitor.Time);
        var listings = CallsServer.ValueOf(await market.ExchangeInfoAsync([Symbol], Ending)).Symbols;
        var traded = new BinanceAccount(new OrderCalls(connected.Rest), account, market, new TradedSymbols(market, listings), new OrderNames("dry"), new ExecutionOptions(), visitor.Time, NullLogger<BinanceAccount>.Instance);
        var dry = new DryRunExchange(traded, NullLogger<DryRunExchange>.Instance);

        foreach (var order in EveryKind())
        {
            Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.DryRun), await dry.SendAsync(order, Ending));
            Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.UnknownOrder), await dry.SendAsync(OrderRequest.Cancel(order.OrderId, Symbol, order.Purpose, default), Ending));
        }

        Assert.Empty(dry.TakeReports());
        Assert.Equal(10_000, (await dry.LookAsync(Ending))!.Of("USDT"));
        Assert.Equal(0, await OrderRequestsAsync(visitor));
        traded.OnSilent("It cannot be reached.");
        Assert.Equal("What happens to the account is found by the comparison of each minute alone. It cannot be reached.", dry.Silence);
        // The same order counts where it is not a dry run, so that the nought above means something.
        Assert.Equal(OrderOutcome.Accepted, await traded.SendAsync(EveryKind()[0], Ending));
        Assert.Equal(1, await OrderRequestsAsync(visitor));
    }

    private static OrderRequest[] EveryKind() =>
    [
        Order(1, OrderPurpose.Entry, OrderType.Market) with { Side = OrderSide.Buy, Budget = 100 },
        Order(2, OrderPurpose.Exit, OrderType.Market) with { Quantity = 0.1m },
        Order(3, OrderPurpose.Exit, OrderType.Limit) with { Quantity = 0.1m, LimitPrice = 110 },
        Order(4, OrderPurpose.Protection, OrderType.Stop) with { Quantity = 0.1m, StopPrice = 90 },
        Order(5, OrderPurpose.Protection, OrderType.Oco) with { Quantity = 0.1m, StopPrice = 90, LimitPrice = 110 },
    ];

    private static OrderRequest Order(long id, OrderPurpose purpose, OrderType type) =>
        new() { Kind = RequestKind.Place, OrderId = id, Symbol = Symbol, Side = OrderSide.Sell, Type = type, Purpose = purpose };

    private static async Task<long> OrderRequestsAsync(Visitor visitor) => (await visitor.ControlAsync("GET", "state")).Json.GetProperty("orderRequests").GetInt64();
}
