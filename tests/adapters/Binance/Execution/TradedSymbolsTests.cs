using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Tests.Binance.Calls;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Binance.Execution;

public sealed class TradedSymbolsTests : IAsyncLifetime
{
    private const string Place = "GET /api/v3/exchangeInfo";

    private readonly ManualClock _clock = new();
    private readonly WarningLog<TradedSymbols> _log = new();
    private CallsServer _server = null!;
    private SymbolListing _bitcoin = null!;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    private static string Coarser => ContractJson.ExchangeInfo.Replace("\"tickSize\":\"0.01000000\"", "\"tickSize\":\"0.50000000\"", StringComparison.Ordinal);

    public async ValueTask InitializeAsync()
    {
        _server = await CallsServer.StartAsync(_clock);
        _server.Exchange.On(Place, ContractJson.ExchangeInfo);
        _bitcoin = CallsServer.ValueOf(await _server.Market.ExchangeInfoAsync(["BTCUSDT"], Ending)).Symbols["BTCUSDT"];
        _clock.Advance(TimeSpan.FromMinutes(1));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_symbol_that_is_gone_hides_no_new_rules_of_the_others_and_is_asked_for_again_each_time()
    {
        var symbols = Of(_bitcoin, _bitcoin with { Symbol = "GONEUSDT" });
        AnswerWithout("GONEUSDT");
        Assert.True(await symbols.LearnAnewAsync(Ending));
        Assert.Equal((0.5m, ListingStatus.Trading), (symbols.Latest["BTCUSDT"].Rules.TickSize, symbols.Latest["BTCUSDT"].Status));
        Assert.Equal((0.01m, ListingStatus.Break), (symbols.Latest["GONEUSDT"].Rules.TickSize, symbols.Latest["GONEUSDT"].Status));

        _clock.Advance(TimeSpan.FromMinutes(1));
        _server.Exchange.On(Place, ContractJson.ExchangeInfo.Replace("\"BTCUSDT\"", "\"GONEUSDT\"", StringComparison.Ordinal));
        Assert.True(await symbols.LearnAsync(RequestRank.Data, Ending));
        Assert.Equal("symbols=[\"BTCUSDT\",\"GONEUSDT\"]", Uri.UnescapeDataString(_server.AskedAt(Place)));
        Assert.Equal(ListingStatus.Trading, symbols.Latest["GONEUSDT"].Status);
    }

    [Fact]
    public async Task The_only_symbol_that_is_gone_is_asked_for_by_its_name_until_it_is_back()
    {
        var symbols = Of(_bitcoin);
        AnswerWithout("BTCUSDT");
        Assert.True(await symbols.LearnAnewAsync(Ending));
        Assert.Equal(ListingStatus.Break, symbols.Latest["BTCUSDT"].Status);
        _server.Exchange.On(Place, Coarser);
        Assert.True(await symbols.LearnAsync(RequestRank.Data, Ending));
        Assert.Equal((0.5m, ListingStatus.Trading), (symbols.Latest["BTCUSDT"].Rules.TickSize, symbols.Latest["BTCUSDT"].Status));
        // At the start, as it was gone, and as it was back.
        Assert.Equal(Enumerable.Repeat("symbols=[\"BTCUSDT\"]", 3), _server.Exchange.At(Place).Select(asked => Uri.UnescapeDataString(asked.Text)), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Another_error_than_an_unknown_symbol_is_no_answer_even_where_one_symbol_has_it()
    {
        var symbols = Of(_bitcoin, _bitcoin with { Symbol = "GONEUSDT" });
        _server.Exchange.On(Place, (asked, context) =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync(asked.Text.Contains("GONEUSDT", StringComparison.Ordinal) ? """{"code":-1121,"msg":"Invalid symbol."}""" : """{"code":-1000,"msg":"An unknown error occurred."}""");
        });
        Assert.False(await symbols.LearnAnewAsync(Ending));
        Assert.All(symbols.Latest.Values, listing => Assert.Equal(ListingStatus.Trading, listing.Status));
    }

    [Fact]
    public async Task An_answer_that_was_asked_for_earlier_and_comes_later_takes_nothing_back()
    {
        var symbols = Of(_bitcoin);
        TaskCompletionSource asked = new(), gate = new();
        _server.Exchange.On(Place, async (_, context) =>
        {
            asked.SetResult();
            await gate.Task;
            await context.Response.WriteAsync(ContractJson.ExchangeInfo);
        });
        var looking = symbols.LearnAsync(RequestRank.Data, Ending);
        await asked.Task;
        _server.Exchange.On(Place, Coarser);
        Assert.True(await symbols.LearnAnewAsync(Ending));
        gate.SetResult();
        Assert.True(await looking);
        Assert.Equal(0.5m, symbols.Latest["BTCUSDT"].Rules.TickSize);
    }

    [Fact]
    public async Task A_change_of_the_most_at_the_market_alone_is_taken_over_without_a_warning()
    {
        var symbols = Of(_bitcoin);
        _server.Exchange.On(Place, ContractJson.ExchangeInfo.Replace("\"maxQty\":\"110.50000000\"", "\"maxQty\":\"95.25000000\"", StringComparison.Ordinal));
        await symbols.LearnAnewAsync(Ending);
        Assert.Equal(95.25m, symbols.Latest["BTCUSDT"].Rules.MostAtMarket);
        Assert.Empty(_log.Warnings);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _server.Exchange.On(Place, Coarser);
        await symbols.LearnAnewAsync(Ending);
        Assert.Single(_log.Warnings);
    }

    [Fact]
    public async Task A_refusal_waits_two_seconds_for_the_rules_and_raises_a_doubt_then()
    {
        TaskCompletionSource asked = new(), gate = new();
        _server.Exchange.On("POST /api/v3/orderList/oco", """{"code":-1013,"msg":"Filter failure: PRICE_FILTER"}""", StatusCodes.Status400BadRequest);
        _server.Exchange.On(Place, async (_, context) =>
        {
            asked.SetResult();
            await gate.Task;
            await context.Response.WriteAsync(Coarser);
        });
        var account = new BinanceAccount(_server.Orders, _server.Account, _server.Market, Of(_bitcoin), new OrderNames("live"), new ExecutionOptions(), _clock, NullLogger<BinanceAccount>.Instance);
        var sending = account.SendAsync(new OrderRequest { Kind = RequestKind.Place, OrderId = 1, Symbol = "BTCUSDT", Purpose = OrderPurpose.Protection, Side = OrderSide.Sell, Type = OrderType.Oco, Quantity = 0.5m, StopPrice = 90.13m, LimitPrice = 110 }, Ending).AsTask();
        await asked.Task;
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(sending.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(RejectReason.BadPrice, (await sending).Reason);
        Assert.True(account.TakeDoubt());
        Assert.Empty(account.TakeReports());
        gate.SetResult();
    }

    private TradedSymbols Of(params SymbolListing[] listings) => new(_server.Market, listings.ToFrozenDictionary(listing => listing.Symbol, StringComparer.Ordinal), _log);

    private void AnswerWithout(string gone) => _server.Exchange.On(Place, (asked, context) =>
    {
        if (!asked.Text.Contains(gone, StringComparison.Ordinal)) return context.Response.WriteAsync(Coarser);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync("""{"code":-1121,"msg":"Invalid symbol."}""");
    });
}
