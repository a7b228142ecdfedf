using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Adapters.Tests.Binance.Calls;
using OrleansTrader.Adapters.Tests.Binance.Rest;
using OrleansTrader.Adapters.Tests.ExchangeSimulator;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Binance.Execution;

/// <summary>The client and the exchange to rehearse at, which know of each other by the contract alone, over a real socket.</summary>
public sealed class RehearsalTests : IAsyncLifetime
{
    private const string Symbol = "BTCUSDT";

    private Visitor _visitor = null!;
    private Connected _connected = null!;
    private BinanceExchange _exchange = null!;
    private long _orders;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _visitor = await Visitor.ComeAsync(BarFeed.Of([.. Enumerable.Repeat(100.0, 30)]));
        _visitor.Time.Pass(TimeSpan.FromMinutes(1));
        _connected = new Connected(_visitor.Server.Address, _visitor.Time);
        var market = new MarketCalls(_connected.Rest, new CacheOptions(), _visitor.Time);
        var account = new AccountCalls(_connected.Rest, new CacheOptions(), _visitor.Time);
        FrozenDictionary<string, SymbolListing> listings = CallsServer.ValueOf(await market.ExchangeInfoAsync([Symbol], Ending)).Symbols;
        _exchange = new BinanceExchange(new OrderCalls(_connected.Rest), account, new AssetRates(market), new TradedSymbols(market, listings), new OrderNames("live"), new ExecutionOptions(), _visitor.Time);
    }

    public async ValueTask DisposeAsync()
    {
        _connected.Dispose();
        await _visitor.DisposeAsync();
    }

    [Fact]
    public async Task What_is_bought_is_told_and_costs_no_more_than_its_budget()
    {
        Assert.Equal(OrderOutcome.Accepted, await _exchange.SendAsync(Buy(1_000), Ending));
        var reports = _exchange.TakeReports();
        Assert.All(reports, report => Assert.Equal((ReportKind.Traded, FeeAsset.Base), (report.Kind, report.FeeAsset)));
        Assert.Equal(reports.Count - 1, reports.TakeWhile(report => !report.IsLast).Count());
        var (bought, cost) = (reports.Sum(report => report.Quantity), reports.Sum(report => report.Quantity * report.Price));
        Assert.InRange(cost, 990, 1_000);
        // It is told again by a look, with the same numbers of trades.
        Assert.Equal(OrderOutcome.Accepted, await _exchange.FindAsync(Buy(1_000, id: 1), Ending));
        Assert.Equal(reports.Select(report => (report.TradeId, report.Quantity, report.Price, report.Fee, report.IsLast)), _exchange.TakeReports().Select(report => (report.TradeId, report.Quantity, report.Price, report.Fee, report.IsLast)));
        Assert.Equal((1 + bought - reports.Sum(report => report.Fee), 10_000 - cost), (await OwnedAsync("BTC"), await OwnedAsync("USDT")));
    }

    [Fact]
    public async Task A_protection_rests_and_is_taken_back_as_one_order()
    {
        var protection = Protect();
        Assert.Equal(OrderOutcome.Accepted, await _exchange.SendAsync(protection, Ending));
        Assert.Equal(OrderOutcome.Accepted, await _exchange.FindAsync(protection, Ending));
        Assert.Empty(_exchange.TakeReports());
        Assert.Equal(OrderOutcome.Accepted, await _exchange.SendAsync(OrderRequest.Cancel(protection.OrderId, Symbol, OrderPurpose.Protection, default), Ending));
        var end = Assert.Single(_exchange.TakeReports());
        Assert.Equal((ReportKind.Canceled, protection.OrderId, true, 0m), (end.Kind, end.OrderId, end.IsLast, end.TradedInAll));
        // By its name it is found also afterwards.
        Assert.Equal(OrderOutcome.Accepted, await _exchange.FindAsync(protection, Ending));
        Assert.Equal(ReportKind.Canceled, Assert.Single(_exchange.TakeReports()).Kind);
    }

    [Fact]
    public async Task What_the_exchange_refuses_is_refused_for_the_reason_that_it_has()
    {
        Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.InsufficientBalance), await _exchange.SendAsync(Sell(5), Ending));
        Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.BelowMinNotional), await _exchange.SendAsync(Sell(0.0001m), Ending));
        Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.BadQuantity), await _exchange.SendAsync(Sell(0.1000001m), Ending));
        Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.WouldTriggerAtOnce), await _exchange.SendAsync(Protect() with { StopPrice = 110 }, Ending));
        Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.UnknownOrder), await _exchange.SendAsync(OrderRequest.Cancel(99, Symbol, OrderPurpose.Exit, default), Ending));
        Assert.Equal((1m, 10_000m), (await OwnedAsync("BTC"), await OwnedAsync("USDT")));
    }

    [Theory]
    [InlineData("DROP_AFTER")]
    [InlineData("ERROR_AFTER")]
    [InlineData("TIMEOUT_AFTER")]
    public async Task An_order_that_was_carried_out_without_an_answer_is_found_and_never_sent_twice(string fault)
    {
        await FailNextAsync(fault);
        var sale = Sell(0.1m);
        Assert.Equal(OrderOutcome.Unknown, await _exchange.SendAsync(sale, Ending));
        Assert.Equal(OrderOutcome.Accepted, await _exchange.FindAsync(sale, Ending));
        Assert.Equal(0.1m, _exchange.TakeReports().Sum(report => report.Quantity));
        Assert.Equal(0.9m, await OwnedAsync("BTC"));
    }

    [Theory]
    [InlineData("DROP_BEFORE")]
    [InlineData("ERROR_BEFORE")]
    [InlineData("TIMEOUT_BEFORE")]
    public async Task An_order_that_never_arrived_is_told_so_after_a_while_and_may_be_sent_again(string fault)
    {
        await FailNextAsync(fault);
        var sale = Sell(0.1m);
        Assert.Equal(OrderOutcome.Unknown, await _exchange.SendAsync(sale, Ending));
        Assert.Equal(OrderOutcome.Unknown, await _exchange.FindAsync(sale, Ending));
        _visitor.Time.Pass(TimeSpan.FromSeconds(13));
        Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.NeverArrived), await _exchange.FindAsync(sale, Ending));
        Assert.Equal(OrderOutcome.Accepted, await _exchange.SendAsync(sale, Ending));
        Assert.Equal(0.9m, await OwnedAsync("BTC"));
    }

    [Theory]
    [InlineData(-75_000)]
    [InlineData(-8_000)]
    [InlineData(75_000)]
    public async Task An_exchange_whose_clock_jumps_takes_the_next_sale_all_the_same(int milliseconds)
    {
        Assert.Equal(OrderOutcome.Accepted, await _exchange.SendAsync(Sell(0.1m), Ending));
        await _visitor.ControlAsync("PUT", "faults", $$"""{"clockSkewMilliseconds":{{milliseconds}}}""");
        Assert.Equal(OrderOutcome.Accepted, await _exchange.SendAsync(Sell(0.1m), Ending));
        await _visitor.ControlAsync("DELETE", "faults", "");
        Assert.Equal(0.8m, await OwnedAsync("BTC"));
    }

    private OrderRequest Buy(decimal budget, long id = 0) => Order(OrderPurpose.Entry, id) with { Side = OrderSide.Buy, Type = OrderType.Market, Budget = budget };

    private OrderRequest Sell(decimal quantity) => Order(OrderPurpose.Exit) with { Side = OrderSide.Sell, Type = OrderType.Market, Quantity = quantity };

    private OrderRequest Protect() => Order(OrderPurpose.Protection) with { Side = OrderSide.Sell, Type = OrderType.Oco, Quantity = 0.5m, StopPrice = 90, LimitPrice = 120 };

    private OrderRequest Order(OrderPurpose purpose, long id = 0) => new() { Kind = RequestKind.Place, OrderId = id > 0 ? id : ++_orders, Symbol = Symbol, Purpose = purpose };

    private async Task FailNextAsync(string kind) => await _visitor.ControlAsync("POST", "faults/next", $$"""{"kind":"{{kind}}","operation":"order.place","count":1}""");

    private async Task<decimal> OwnedAsync(string asset)
    {
        var account = (await _visitor.SignedAsync("GET", "/api/v3/account")).Json;
        return account.GetProperty("balances").EnumerateArray().Where(balance => string.Equals(balance.GetProperty("asset").GetString(), asset, StringComparison.Ordinal)).Sum(balance => Amount(balance, "free") + Amount(balance, "locked"));
    }

    private static decimal Amount(JsonElement balance, string name) => decimal.Parse(balance.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
