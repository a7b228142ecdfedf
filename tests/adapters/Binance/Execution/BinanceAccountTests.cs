using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Adapters.Binance.Streams.Account;
using OrleansTrader.Adapters.Tests.Binance.Calls;
using OrleansTrader.Adapters.Tests.Binance.Rest;
using OrleansTrader.Adapters.Tests.ExchangeSimulator;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Binance.Execution;

/// <summary>An account at the exchange to rehearse at, whose events come over a real socket. The market rises by one a minute, from 100 to 130.</summary>
public sealed class BinanceAccountTests : IAsyncLifetime
{
    private const string Symbol = "BTCUSDT";

    private readonly Channel<bool> _heard = Channel.CreateUnbounded<bool>();
    private readonly List<ExecutionReport> _reports = [];
    private Visitor _visitor = null!;
    private Connected _connected = null!;
    private BinanceAccount _account = null!;
    private AccountStream _stream = null!;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _visitor = await Visitor.ComeAsync(BarFeed.Of([.. Enumerable.Range(100, 31).Select(price => (double)price)]));
        _visitor.Time.Pass(TimeSpan.FromSeconds(30));
        _connected = new Connected(_visitor.Server.Address, _visitor.Time);
        var market = new MarketCalls(_connected.Rest, new CacheOptions(), _visitor.Time);
        var listings = CallsServer.ValueOf(await market.ExchangeInfoAsync([Symbol], Ending)).Symbols;
        _account = new BinanceAccount(new OrderCalls(_connected.Rest), new AccountCalls(_connected.Rest, new CacheOptions(), _visitor.Time), market, new TradedSymbols(market, listings), new OrderNames("live"), new ExecutionOptions(), _visitor.Time, NullLogger<BinanceAccount>.Instance);
        _account.Listen(() => _heard.Writer.TryWrite(true));
        var options = new BinanceOptions { SocketUrl = new UriBuilder(_visitor.Server.Address) { Scheme = "ws", Path = "/ws-api/v3" }.Uri };
        _stream = new AccountStream(_account, options, new StreamOptions { LongestWaitSeconds = 1 }, _connected.Credentials!, _connected.Rest, TimeProvider.System, NullLogger<AccountStream>.Instance);
        await UntilAsync(_account.TakeDoubt);
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _connected.Dispose();
        await _visitor.DisposeAsync();
    }

    [Fact]
    public async Task What_happens_to_a_protection_is_told_by_the_exchange_itself()
    {
        Assert.Equal(OrderOutcome.Accepted, await _account.SendAsync(Protection(1), Ending));
        await UntilAsync(() => Told(ReportKind.Accepted));
        _visitor.Time.Pass(TimeSpan.FromMinutes(11));
        // The target trades, and first of all the exchange drops the stop.
        await UntilAsync(() => Told(ReportKind.Expired) && _reports.Where(report => report.Kind == ReportKind.Traded).Sum(report => report.Quantity) == 0.5m);
        Assert.All(_reports.Where(report => report.Kind == ReportKind.Traded), report => Assert.Equal((1L, OcoLeg.Target, 110m), (report.OrderId, report.Leg, report.Price)));
        Assert.False(_account.TakeDoubt());
    }

    [Fact]
    public async Task What_is_not_told_is_found_by_looking_and_that_is_said_until_it_is_told_again()
    {
        Assert.Null(_account.Silence);
        _account.OnSilent("It cannot be reached.");
        // Nobody has looked yet.
        Assert.Null(_account.Silence);
        Assert.NotNull(await _account.LookAsync(Ending));
        Assert.Equal("What happens to the account is found by the comparison of each minute alone. It cannot be reached.", _account.Silence);
        await _visitor.ControlAsync("PUT", "faults", """{"maintenance":true}""");
        Assert.Null(await _account.LookAsync(Ending));
        Assert.Equal((null, true), (_account.Silence, _account.Failure is not null));
        await _visitor.ControlAsync("PUT", "faults", """{"maintenance":false}""");
        Assert.NotNull(await _account.LookAsync(Ending));
        Assert.NotNull(_account.Silence);
        _account.OnSubscribed();
        Assert.Null(_account.Silence);
    }

    [Fact]
    public async Task A_look_shows_what_rests_there_and_what_is_owned()
    {
        await _account.SendAsync(Protection(1), Ending);
        await _visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=50&newClientOrderId=by-hand");
        var picture = (await _account.LookAsync(Ending))!;
        Assert.Equal(
            [(0L, "by-hand", OcoLeg.None), (1, new OrderNames("live").StopOf(1), OcoLeg.Stop), (1, new OrderNames("live").TargetOf(1), OcoLeg.Target)],
            picture.Orders.OrderBy(order => order.Name, StringComparer.Ordinal).Select(order => (order.OrderId, order.Name, order.Leg)));
        Assert.Equal((1m, 10_000m, 0m), (picture.Of("BTC"), picture.Of("USDT"), picture.Of("ETH")));
        Assert.InRange(picture.PriceOf(Symbol), 100, 101);
        Assert.Equal(1, picture.LastOrderId);
    }

    [Fact]
    public async Task What_comes_by_no_order_of_the_account_and_what_may_have_been_missed_raise_a_doubt()
    {
        await _visitor.ControlAsync("POST", "deposit", """{"account":"first","asset":"USDT","amount":5}""");
        await UntilAsync(_account.TakeDoubt);
        await _visitor.OrderAsync("side=BUY&type=MARKET&quantity=0.1");
        await UntilAsync(_account.TakeDoubt);
        await _visitor.ControlAsync("POST", "disconnect");
        await UntilAsync(_account.TakeDoubt);
        Assert.False(_account.TakeDoubt());
        Assert.Empty(_account.TakeReports());
    }

    [Fact]
    public async Task A_symbol_that_is_taken_off_the_exchange_hides_nothing_of_the_others()
    {
        await _visitor.ControlAsync("DELETE", "symbols/BTCUSDT");
        var picture = (await _account.LookAsync(Ending))!;
        Assert.Empty(picture.Orders);
        Assert.Equal(10_000m, picture.Of("USDT"));
    }

    [Fact]
    public async Task A_look_tells_which_symbols_the_exchange_does_not_trade_now_or_does_not_have_any_more()
    {
        Assert.Empty((await _account.LookAsync(Ending))!.Closed);
        await _visitor.ControlAsync("PUT", "symbols/BTCUSDT", """{"status":"HALT"}""");
        _visitor.Time.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal([Symbol], (await _account.LookAsync(Ending))!.Closed);
        await _visitor.ControlAsync("PUT", "symbols/BTCUSDT", """{"status":"TRADING"}""");
        _visitor.Time.Pass(TimeSpan.FromSeconds(30));
        Assert.Empty((await _account.LookAsync(Ending))!.Closed);
        await _visitor.ControlAsync("DELETE", "symbols/BTCUSDT");
        _visitor.Time.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal([Symbol], (await _account.LookAsync(Ending))!.Closed);
    }

    [Fact]
    public async Task For_an_account_that_may_not_trade_nothing_is_traded()
    {
        await _visitor.ControlAsync("PUT", "accounts/first", """{"canTrade":false}""");
        Assert.Equal([Symbol], (await _account.LookAsync(Ending))!.Closed);
        await _visitor.ControlAsync("PUT", "accounts/first", """{"canTrade":true}""");
        Assert.Empty((await _account.LookAsync(Ending))!.Closed);
    }

    [Fact]
    public async Task A_look_brings_rules_that_the_exchange_has_changed_and_orders_go_by_them()
    {
        Assert.Equal((0.01m, 0.00001m), GridOf(await _account.LookAsync(Ending)));
        await _visitor.ControlAsync("PUT", "symbols/BTCUSDT", """{"filters":{"tickSize":0.5,"stepSize":0.01}}""");
        // One answer holds for half a minute.
        _visitor.Time.Pass(TimeSpan.FromSeconds(29));
        Assert.Equal((0.01m, 0.00001m), GridOf(await _account.LookAsync(Ending)));
        _visitor.Time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((0.5m, 0.01m), GridOf(await _account.LookAsync(Ending)));

        static (decimal Tick, decimal Step) GridOf(ExchangePicture? picture) => (picture!.Rules[0].TickSize, picture.Rules[0].StepSize);
    }

    [Fact]
    public async Task With_an_order_that_a_filter_refuses_come_the_rules_of_its_symbol()
    {
        await _visitor.ControlAsync("PUT", "symbols/BTCUSDT", """{"filters":{"tickSize":0.5}}""");
        _visitor.Time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.BadPrice), await _account.SendAsync(Protection(1) with { StopPrice = 90.13m }, Ending));
        var told = Assert.Single(_account.TakeReports());
        Assert.Equal((ReportKind.Listed, Symbol, 0.5m), (told.Kind, told.Symbol, told.Rules!.TickSize));
        Assert.False(_account.TakeDoubt());

        // Where nobody tells them, the next look has to.
        await _visitor.ControlAsync("POST", "faults/next", """{"kind":"ERROR_BEFORE","operation":"exchangeInfo"}""");
        _visitor.Time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(RejectReason.BadPrice, (await _account.SendAsync(Protection(2) with { StopPrice = 90.13m }, Ending)).Reason);
        Assert.Empty(_account.TakeReports());
        Assert.True(_account.TakeDoubt());
    }

    [Fact]
    public async Task A_stop_whose_price_was_met_and_that_rests_all_the_same_is_told_apart()
    {
        Assert.Equal(OrderOutcome.Accepted, await _account.SendAsync(Protection(1), Ending));
        Assert.DoesNotContain((await _account.LookAsync(Ending))!.Orders, order => order.IsTriggered);
        // Its limit is out of reach once its stop is met.
        await _visitor.OrderAsync($"side=BUY&type=STOP_LOSS_LIMIT&timeInForce=GTC&quantity=0.1&stopPrice=102&price=50&newClientOrderId={new OrderNames("live").StopOf(3)}");
        Assert.False(Assert.Single((await _account.LookAsync(Ending))!.Orders, order => order.OrderId == 3).IsTriggered);
        _visitor.Time.Pass(TimeSpan.FromMinutes(3));
        Assert.True(Assert.Single((await _account.LookAsync(Ending))!.Orders, order => order.OrderId == 3).IsTriggered);
    }

    [Fact]
    public async Task Where_nobody_answers_there_is_no_picture_and_a_sentence_why()
    {
        await _visitor.ControlAsync("PUT", "faults", """{"maintenance":true}""");
        Assert.Null(await _account.LookAsync(Ending));
        Assert.StartsWith("Binance failed at 127.0.0.1", _account.Failure, StringComparison.Ordinal);
        await _visitor.ControlAsync("DELETE", "faults");
        Assert.NotNull(await _account.LookAsync(Ending));
        Assert.Null(_account.Failure);
    }

    private static OrderRequest Protection(long id) =>
        new() { Kind = RequestKind.Place, OrderId = id, Symbol = Symbol, Purpose = OrderPurpose.Protection, Side = OrderSide.Sell, Type = OrderType.Oco, Quantity = 0.5m, StopPrice = 90, LimitPrice = 110 };

    private bool Told(ReportKind kind)
    {
        _reports.AddRange(_account.TakeReports());
        return _reports.Exists(report => report.Kind == kind);
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) await _heard.Reader.ReadAsync(Ending);
    }
}
