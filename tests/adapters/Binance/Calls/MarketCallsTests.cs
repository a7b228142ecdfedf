using Microsoft.AspNetCore.Http;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Market.Books;

namespace OrleansTrader.Adapters.Tests.Binance.Calls;

/// <summary>Each market call over a real socket, answered with the JSON of the contract.</summary>
public sealed class MarketCallsTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExchangeInfo_gives_the_rules_of_core_and_the_limits_hold_from_then_on()
    {
        await using var server = await CallsServer.StartAsync(new ManualClock());
        server.Exchange.On("GET /api/v3/exchangeInfo", ContractJson.ExchangeInfo);
        var info = CallsServer.ValueOf(await server.Market.ExchangeInfoAsync(["BTCUSDT"], Ending));
        Assert.Equal("symbols=%5B%22BTCUSDT%22%5D", server.AskedAt("GET /api/v3/exchangeInfo"));
        Assert.Equal(
            [
                new(RateLimitKind.RequestWeight, TimeSpan.FromMinutes(1), 6_000), new(RateLimitKind.Orders, TimeSpan.FromSeconds(10), 100),
                new(RateLimitKind.Orders, TimeSpan.FromDays(1), 200_000), new RateLimit(RateLimitKind.RawRequests, TimeSpan.FromMinutes(5), 300_000),
            ],
            info.Limits);
        var bitcoin = info.Symbols["BTCUSDT"];
        Assert.Equal(new SymbolRules("BTCUSDT", "BTC", "USDT", 0.01m, 0.00001m, 5) { MostAtMarket = 110.5m }, bitcoin.Rules);
        Assert.Equal(SymbolStatus.Trading, bitcoin.CoreStatus);
        Assert.Equal(7, bitcoin.OrderTypes.Count);
        Assert.Contains(BinanceOrderType.StopLossLimit, bitcoin.OrderTypes);
        Assert.Equal(SelfTradePrevention.ExpireMaker, bitcoin.SelfTradePrevention);
        Assert.True(bitcoin.AllowsOco && bitcoin.AllowsOto && bitcoin.AllowsCancelReplace && bitcoin.AllowsQuoteQuantity);
        Assert.Equal(
            new SymbolFilters
            {
                Price = new(0.01m, 1_000_000, 0.01m),
                Lot = new(0.00001m, 9_000, 0.00001m),
                MarketLot = new(0, 110.5m, 0),
                Notional = new(5, 9_000_000, IsLeastForMarket: true, IsMostForMarket: false),
                PriceBand = new(5, 0.2m, 5, 0.2m, 5),
                MostOrders = 200,
                MostContingentOrders = 5,
                MostOrderLists = 20,
            },
            bitcoin.Filters);
        // 3,600 of 6,000 are for data, of which 20 are used; before, there were 1,200 in all.
        Assert.True(server.Gate.EnterAsync(new RequestCost(3_580), RequestRank.Data, Ending).IsCompletedSuccessfully);
    }

    [Fact]
    public void One_order_at_the_market_may_have_what_both_filters_of_lots_allow()
    {
        Assert.Equal(9_000, Listed(new SymbolFilters { Lot = new(1, 9_000, 1) }).Rules.MostAtMarket);
        Assert.Equal(110.5m, Listed(new SymbolFilters { Lot = new(1, 9_000, 1), MarketLot = new(0, 110.5m, 0) }).Rules.MostAtMarket);
        Assert.Equal(9_000, Listed(new SymbolFilters { Lot = new(1, 9_000, 1), MarketLot = new(0, 9_001, 0) }).Rules.MostAtMarket);
        Assert.Equal(7, Listed(new SymbolFilters { MarketLot = new(0, 7, 0) }).Rules.MostAtMarket);
        Assert.Equal(0, Listed(new SymbolFilters()).Rules.MostAtMarket);
    }

    [Theory]
    [InlineData(5, 0.01, 40)]
    [InlineData(5, 0.00000001, 0.00000123)]
    [InlineData(0.0001, 0.000001, 0.03)]
    public void Where_a_stop_rests_as_a_limit_what_is_worth_the_least_at_its_stop_is_it_at_its_limit_too(double least, double tick, double stop)
    {
        var filters = new SymbolFilters { Price = new(0, 0, (decimal)tick), Notional = new((decimal)least, 0, IsLeastForMarket: true, IsMostForMarket: false) };
        var listing = Listed(filters, BinanceOrderType.StopLossLimit);
        var quantity = listing.Rules.MinNotional / (decimal)stop;
        var request = new OrderRequest { Kind = RequestKind.Place, OrderId = 1, Symbol = "AB", Side = OrderSide.Sell, Type = OrderType.Stop, Purpose = OrderPurpose.Protection, Quantity = quantity, StopPrice = (decimal)stop };
        var ticket = Tickets.Of(in request, new OrderNames("a"), listing, new ExecutionOptions());
        Assert.Equal(BinanceOrderType.StopLossLimit, ticket.Type);
        Assert.InRange(ticket.Price * quantity, (decimal)least, (decimal)least * 1.011m);
        Assert.Equal((decimal)least, Listed(filters, BinanceOrderType.StopLoss, BinanceOrderType.StopLossLimit).Rules.MinNotional);
    }

    [Fact]
    public async Task Words_and_filters_that_are_not_known_are_passed_over_and_an_unknown_state_is_not_traded()
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("GET /api/v3/exchangeInfo", ContractJson.ExchangeInfo
            .Replace("\"status\":\"TRADING\"", "\"status\":\"AUCTION_OF_2030\",\"new\":{\"a\":[1]}", StringComparison.Ordinal)
            .Replace("\"LIMIT_MAKER\"", "\"TWAP\"", StringComparison.Ordinal)
            .Replace("\"PRICE_FILTER\"", "\"MOON_FILTER\"", StringComparison.Ordinal)
            .Replace("\"interval\":\"DAY\"", "\"interval\":\"MOON\"", StringComparison.Ordinal)
            .Replace("\"Symbol\"", "\"symbol\"", StringComparison.Ordinal));
        var info = CallsServer.ValueOf(await server.Market.ExchangeInfoAsync(cancellation: Ending));
        var bitcoin = info.Symbols["BTCUSDT"];
        Assert.Equal((ListingStatus.Unknown, SymbolStatus.Halted), (bitcoin.Status, bitcoin.CoreStatus));
        Assert.Contains(BinanceOrderType.Unknown, bitcoin.OrderTypes);
        Assert.Null(bitcoin.Filters.Price);
        Assert.Equal(0.00000001m, bitcoin.Rules.TickSize);
        Assert.Contains(info.Limits, limit => limit.Kind == RateLimitKind.Unknown);
    }

    [Fact]
    public async Task ExchangeInfo_is_asked_for_again_after_half_a_minute_and_after_a_failure_or_a_doubt_at_once()
    {
        var clock = new ManualClock();
        await using var server = await CallsServer.StartAsync(clock);
        server.Exchange.On("GET /api/v3/exchangeInfo", "", 500);
        Assert.NotNull((await server.Market.ExchangeInfoAsync(cancellation: Ending)).Error);
        server.Exchange.On("GET /api/v3/exchangeInfo", ContractJson.ExchangeInfo);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.Market.ExchangeInfoAsync(cancellation: Ending)));
        clock.Advance(TimeSpan.FromSeconds(29));
        await server.Market.ExchangeInfoAsync(cancellation: Ending);
        Assert.Equal(2, server.Exchange.All.Count);
        clock.Advance(TimeSpan.FromSeconds(1));
        await server.Market.ExchangeInfoAsync(cancellation: Ending);
        Assert.Equal(3, server.Exchange.All.Count);
        clock.Advance(TimeSpan.FromSeconds(1));
        server.Market.DoubtExchangeInfo();
        clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.Market.ExchangeInfoAsync(cancellation: Ending)));
        Assert.Equal(4, server.Exchange.All.Count);
    }

    [Fact]
    public async Task Who_gives_up_waiting_ends_no_read_that_others_wait_for()
    {
        await using var server = await CallsServer.StartAsync();
        var (asked, gate) = Hold(server);
        using var impatient = new CancellationTokenSource();
        var first = server.Market.ExchangeInfoAsync(symbols: null, impatient.Token);
        await asked;
        var second = server.Market.ExchangeInfoAsync(symbols: null, Ending);
        await impatient.CancelAsync();
        Assert.Equal(BinanceErrorKind.NotSent, (await first).Error?.Kind);
        gate.SetResult();
        CallsServer.ValueOf(await second);
        Assert.Single(server.Exchange.All);
    }

    [Fact]
    public async Task What_is_more_urgent_does_not_wait_behind_a_read_that_is_less_and_the_less_urgent_shares_the_other()
    {
        await using var server = await CallsServer.StartAsync();
        var (asked, gate) = Hold(server);
        var slow = server.Market.ExchangeInfoAsync(symbols: null, Ending);
        await asked;
        server.Exchange.On("GET /api/v3/exchangeInfo", ContractJson.ExchangeInfo);
        CallsServer.ValueOf(await server.Market.ExchangeInfoAsync(symbols: null, RequestRank.Exit, Ending));
        Assert.False(slow.IsCompleted);
        CallsServer.ValueOf(await server.Market.ExchangeInfoAsync(symbols: null, Ending));
        gate.SetResult();
        CallsServer.ValueOf(await slow);
        Assert.Equal(2, server.Exchange.All.Count);
    }

    [Fact]
    public async Task A_read_that_waits_for_the_end_of_a_ban_is_not_asked_again_by_each_who_gives_up_waiting()
    {
        var clock = new ManualClock();
        await using var server = await CallsServer.StartAsync(clock);
        server.Exchange.On("GET /api/v3/exchangeInfo", ContractJson.ExchangeInfo);
        server.Gate.Stop(StandstillReason.Banned, TimeSpan.FromHours(1));
        for (var look = 0; look < 10; look++)
        {
            using var impatient = new CancellationTokenSource();
            var info = server.Market.ExchangeInfoAsync(symbols: null, impatient.Token);
            await impatient.CancelAsync();
            Assert.Equal(BinanceErrorKind.NotSent, (await info).Error?.Kind);
            clock.Advance(TimeSpan.FromSeconds(35));
        }

        Assert.Equal(1, server.Gate.Waiting);
    }

    /// <returns>When the exchange was asked for its symbols, and what has it answer.</returns>
    private static (Task Asked, TaskCompletionSource Gate) Hold(CallsServer server)
    {
        TaskCompletionSource asked = new(), gate = new();
        server.Exchange.On("GET /api/v3/exchangeInfo", async (_, context) =>
        {
            asked.SetResult();
            await gate.Task;
            await context.Response.WriteAsync(ContractJson.ExchangeInfo);
        });
        return (asked.Task, gate);
    }

    [Fact]
    public async Task Klines_are_read_to_the_last_figure()
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("GET /api/v3/klines", ContractJson.Klines);
        var kline = Assert.Single(CallsServer.ValueOf(await server.Market.KlinesAsync("BTCUSDT", Interval.OneMinute, Start, Start.AddHours(1), 500, Ending)));
        Assert.Equal("symbol=BTCUSDT&interval=1m&limit=500&startTime=1767225600000&endTime=1767229200000", server.AskedAt("GET /api/v3/klines"));
        Assert.Equal(
            new Kline(new Candle(Start, 64200.01, 64260, 64199.99, 64250, 12.34567), Start.AddMilliseconds(59_999), 793012.5512, 2_310, 6.1, 391800.1),
            kline);
        Assert.False(kline.IsClosed(Start.AddMilliseconds(59_999)));
        Assert.True(kline.IsClosed(Start.AddMinutes(1)));
    }

    [Theory]
    [InlineData("""[[1767225600000,"1","2","1","2","0",1767225659999,"0",0,"0","0"]""")]
    [InlineData("""[[1767225600000,"1"]]""")]
    [InlineData("""[[1767225600000,"x","2","1","2","0",1767225659999,"0",0,"0","0"]]""")]
    [InlineData("""{"code":1}""")]
    public async Task What_are_no_klines_is_no_answer(string json)
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("GET /api/v3/klines", json);
        Assert.Equal(Adapters.Binance.Rest.BinanceErrorKind.Unreadable, (await server.Market.KlinesAsync("BTCUSDT", Interval.OneMinute, null, null, cancellation: Ending)).Error!.Kind);
    }

    [Fact]
    public async Task Depth_is_a_snapshot_that_the_local_book_takes()
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("GET /api/v3/depth", ContractJson.Depth);
        var snapshot = CallsServer.ValueOf(await server.Market.DepthAsync("BTCUSDT", 100, Ending));
        Assert.Equal("symbol=BTCUSDT&limit=100", server.AskedAt("GET /api/v3/depth"));
        var book = new LocalBook();
        Assert.Equal(BookOutcome.Applied, book.Load(in snapshot));
        Assert.Equal(7_300_000_150, book.LastUpdateId);
        Assert.Equal((new PriceLevel(64249.90m, 0.731m), new PriceLevel(64250m, 0.409m)), (book.BestBid, book.BestAsk));
    }

    [Fact]
    public async Task Tickers_come_for_one_symbol_and_for_all()
    {
        await using var server = await CallsServer.StartAsync();
        server.Exchange.On("GET /api/v3/ticker/price", ContractJson.PriceTicker);
        Assert.Equal(new PriceTicker("BTCUSDT", 64250m), CallsServer.ValueOf(await server.Market.PriceAsync("BTCUSDT", Ending)));
        server.Exchange.On("GET /api/v3/ticker/price", $"[{ContractJson.PriceTicker}]");
        Assert.Equal([new PriceTicker("BTCUSDT", 64250m)], CallsServer.ValueOf(await server.Market.PricesAsync(Ending)));
        server.Exchange.On("GET /api/v3/ticker/bookTicker", ContractJson.BookTicker);
        Assert.Equal(new BookTicker("BTCUSDT", 64249.9m, 0.731m, 64250m, 0.409m), CallsServer.ValueOf(await server.Market.BookTickerAsync("BTCUSDT", Ending)));
        server.Exchange.On("GET /api/v3/ticker/24hr", ContractJson.DayTicker);
        var day = CallsServer.ValueOf(await server.Market.DayTickerAsync("BTCUSDT", Ending));
        Assert.Equal((-0.542m, 18250.12345m, 1173669454m, 1_000_002L), (day.PriceChangePercent, day.Volume, day.QuoteVolume, day.Count));
        Assert.Equal(day.OpenTime.AddDays(1), day.CloseTime);
        server.Exchange.On("GET /api/v3/ticker/24hr", $"[{ContractJson.DayTicker}]");
        Assert.Equal([day], CallsServer.ValueOf(await server.Market.DayTickersAsync(Ending)));
    }

    private static SymbolListing Listed(SymbolFilters filters, params BinanceOrderType[] types) => new() { Symbol = "AB", BaseAsset = "A", QuoteAsset = "B", Filters = filters, OrderTypes = types };
}
