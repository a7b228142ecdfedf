using System.Text.Json;
using OrleansTrader.ExchangeSimulator;
using OrleansTrader.ExchangeSimulator.Api;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>Every answer of REST and of the WebSocket API over real sockets, field by field as in its fixture and, where it is at hand, in the contract.</summary>
public class AnswerTests
{
    private const string Limit = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=64000";
    private const string Entry = "symbol=BTCUSDT&workingType=LIMIT&workingSide=BUY&workingPrice=64000&workingQuantity=0.01&workingTimeInForce=GTC&pendingSide=SELL";
    private const string Stop = "pendingType=STOP_LOSS_LIMIT&pendingStopPrice=63050&pendingPrice=63000&pendingTimeInForce=GTC";
    private const string Bracket = "pendingAboveType=LIMIT_MAKER&pendingAbovePrice=66000&pendingBelowType=STOP_LOSS_LIMIT&pendingBelowStopPrice=63050&pendingBelowPrice=63000&pendingBelowTimeInForce=GTC";
    private const string Pair = "symbol=BTCUSDT&side=SELL&quantity=0.01&listClientOrderId=pair&aboveType=LIMIT_MAKER&abovePrice=66000&belowType=STOP_LOSS_LIMIT&belowStopPrice=63050&belowPrice=63000&belowTimeInForce=GTC";

    private const string OldPair = "symbol=BTCUSDT&side=SELL&quantity=0.01&price=66000&stopPrice=63050&stopLimitPrice=63000&stopLimitTimeInForce=GTC";

    // Served, but not of the spot documentation.
    private const string NotOfTheContract = "";

    private static readonly Dictionary<string, Case> Cases = ((Case[])
    [
        new("ping", "", "{}"),
        new("time", "", Fixtures.ServerTime),
        new("exchangeInfo", "", Fixtures.ExchangeInfo) { IsSample = false },
        new("exchangeInfo", "symbols=[\"BTCUSDT\"]", Fixtures.ExchangeInfo) { IsSample = false },
        new("depth", "symbol=BTCUSDT", Fixtures.Depth),
        new("trades.recent", "symbol=BTCUSDT", Fixtures.Trades),
        new("trades.historical", "symbol=BTCUSDT&fromId=1", Fixtures.Trades),
        new("trades.aggregate", "symbol=BTCUSDT", Fixtures.Aggregates),
        new("klines", "symbol=BTCUSDT&interval=1m", Fixtures.Klines),
        new("uiKlines", "symbol=BTCUSDT&interval=1m", Fixtures.Klines),
        new("avgPrice", "symbol=BTCUSDT", Fixtures.AveragePrice),
        new("ticker.24hr", "symbol=BTCUSDT", Fixtures.DayTicker),
        new("ticker.24hr", "symbols=[\"BTCUSDT\"]", $"[{Fixtures.DayTicker}]") { IsSample = false },
        new("ticker.24hr", "symbol=BTCUSDT&type=MINI", Fixtures.MiniTicker) { IsSample = false },
        new("ticker", "symbol=BTCUSDT&windowSize=2h", Fixtures.WindowTicker) { IsSample = false },
        new("ticker", "symbols=[\"BTCUSDT\"]&type=MINI", $"[{Fixtures.MiniTicker}]") { IsSample = false },
        new("ticker", "windowSize=2h", Fixtures.Error) { Status = 400 },
        new("ticker", "symbol=BTCUSDT&windowSize=8d", Fixtures.Error) { Status = 400 },
        new("ticker.tradingDay", "symbol=BTCUSDT&timeZone=8", Fixtures.WindowTicker) { IsSample = false },
        new("ticker.price", "symbol=BTCUSDT", Fixtures.PriceTicker),
        new("ticker.price", "symbol=NOSUCH", Fixtures.Error) { Status = 400 },
        new("ticker.book", "symbol=BTCUSDT", Fixtures.BookTicker),
        new("executionRules", "symbol=BTCUSDT", """{"symbolRules":[{"symbol":"BTCUSDT","rules":[]}]}""") { IsSample = false },
        new("referencePrice", "symbol=BTCUSDT", Fixtures.Error) { Status = 400 },
        new("referencePrice.calculation", "symbol=BTCUSDT", Fixtures.Error) { Status = 400 },
        new("order.place", $"{Limit}&newOrderRespType=ACK", Fixtures.OrderAck),
        new("order.place", "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.9&newOrderRespType=RESULT", Fixtures.OrderResult) { Change = Shallow },
        new("order.place", "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.03", Fixtures.OrderFull) { Change = Shallow },
        new("order.place", Limit, Fixtures.OrderResting) { IsSample = false },
        new("order.place", $"{Limit}&newClientOrderId=mine", Fixtures.Error) { Before = RestAsync, Status = 400 },
        new("order.test", Limit, "{}"),
        new("order.test", $"{Limit}&computeCommissionRates=true", Fixtures.OrderRates) { IsSample = false },
        new("order.status", "symbol=BTCUSDT&orderId=1", Fixtures.OrderFound) { Before = RestAsync },
        new("order.cancel", "symbol=BTCUSDT&origClientOrderId=mine", Fixtures.OrderCanceled) { Before = RestAsync },
        new("order.cancel", "symbol=BTCUSDT&orderId=1", Fixtures.CanceledPair) { Before = PairAsync, IsSample = false },
        new("order.cancelReplace", $"{Limit}&cancelReplaceMode=STOP_ON_FAILURE&cancelOrderId=1", Fixtures.Replaced) { Before = RestAsync, IsSample = false },
        new("order.cancelReplace", $"{Limit.Replace("0.01", "5", StringComparison.Ordinal)}&cancelReplaceMode=STOP_ON_FAILURE&cancelOrderId=1", Fixtures.HalfReplaced) { Before = RestAsync, Status = 409 },
        new("order.amend.keepPriority", "symbol=BTCUSDT&orderId=1&newQty=0.005", Fixtures.Amended) { Before = RestAsync },
        new("order.amend.keepPriority", "symbol=BTCUSDT&orderId=1&newQty=0.005", Fixtures.AmendedLeg) { Before = PairAsync, IsSample = false, Note = "a leg" },
        new("order.amend.keepPriority", "symbol=BTCUSDT&orderId=1&newQty=0.02", Fixtures.Error) { Before = RestAsync, Status = 400 },
        new("order.amendments", "symbol=BTCUSDT&orderId=1", Fixtures.Amendments) { Before = AmendAsync, IsSample = false },
        new("openOrders.status", "symbol=BTCUSDT", $"[{Fixtures.OrderFound}]") { Before = RestAsync, IsSample = false },
        new("openOrders.cancelAll", "symbol=BTCUSDT", $"[{Fixtures.OrderCanceled}]") { Before = RestAsync, IsSample = false },
        new("openOrders.cancelAll", "symbol=BTCUSDT", $"[{Fixtures.CanceledPair}]") { Before = PairAsync, IsSample = false, Note = "a pair" },
        new("allOrders", "symbol=BTCUSDT", $"[{Fixtures.OrderFound}]") { Before = RestAsync, IsSample = false },
        new("orderList.place", OldPair, Fixtures.PlacedPair),
        new("orderList.place", $"{OldPair}&trailingDelta=1e5", Fixtures.Error) { Status = 400 },
        new("orderList.place.oco", Pair, Fixtures.PlacedPair),
        new("orderList.place.oto", $"{Entry}&pendingQuantity=0.01&{Stop}", Fixtures.PlacedOto) { IsSample = false },
        new("orderList.place.otoco", $"{Entry}&pendingQuantity=0.01&{Bracket}", Fixtures.PlacedOtoco) { IsSample = false },
        new("orderList.place.opo", $"{Entry}&{Stop}", Fixtures.PlacedOpo) { IsSample = false },
        new("orderList.place.opoco", $"{Entry}&{Bracket}", Fixtures.PlacedOpoco) { IsSample = false },
        new("orderList.cancel", "symbol=BTCUSDT&listClientOrderId=pair", Fixtures.CanceledPair) { Before = PairAsync, IsSample = false },
        new("orderList.status", "origClientOrderId=pair", Fixtures.FoundPair) { Before = PairAsync, IsSample = false },
        new("openOrderLists.status", "", $"[{Fixtures.FoundPair}]") { Before = PairAsync, IsSample = false },
        new("allOrderLists", "", $"[{Fixtures.FoundPair}]") { Before = PairAsync, IsSample = false },
        new("account.status", "", Fixtures.Account),
        new("account.commission", "symbol=BTCUSDT", Fixtures.Commission),
        new("account.rateLimits.orders", "", Fixtures.OrderLimits),
        new("myTrades", "symbol=BTCUSDT", Fixtures.MyTrades) { Before = TradeAsync },
        new("myPreventedMatches", "symbol=BTCUSDT&orderId=2", Fixtures.PreventedMatches) { Before = CrossAsync, IsSample = false },
        new("myAllocations", "symbol=BTCUSDT", "[]") { IsSample = false, IsEmpty = true },
        new("myFilters", "symbol=BTCUSDT", Fixtures.MyFilters) { IsSample = false },
    ]).ToDictionary(one => one.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_answer_of_REST_has_the_fields_of_the_contract(string name)
    {
        var (one, operation) = (Cases[name], Operations.Named(Cases[name].Operation)!);
        await using var visitor = await ComeAsync(one);
        var query = Uri.EscapeDataString(one.Query).Replace("%26", "&", StringComparison.Ordinal).Replace("%3D", "=", StringComparison.Ordinal);
        var heard = operation.Security == Security.None ? await visitor.GetAsync(operation.Path, query) : await visitor.SignedAsync(operation.Verb, operation.Path, query);

        Assert.True(one.Status == (int)heard.Status, $"HTTP {(int)heard.Status}: {heard.Json}");
        Assert.Equal("application/json; charset=UTF-8", $"{heard.Message.Content.Headers.ContentType}");
        Assert.NotNull(heard.Header("X-MBX-USED-WEIGHT-1M"));
        if (operation.Orders > 0 && one.Status == 200) Assert.NotNull(heard.Header("X-MBX-ORDER-COUNT-10S"));
        Judge(one, heard.Json);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_answer_of_the_WebSocket_API_has_the_fields_of_the_contract(string name)
    {
        var (one, operation) = (Cases[name], Operations.Named(Cases[name].Operation)!);
        await using var visitor = await ComeAsync(one);
        await using var listener = await visitor.ListenAsync("/ws-api/v3");
        var pairs = one.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).Select(pair => (pair[0], pair[1])).ToArray();
        var heard = await listener.AskAsync(operation.Security == Security.None ? Plain(operation.Name, pairs) : WebSocketApiTests.Signed(visitor, operation.Name, pairs));

        Assert.True(one.Status == heard.GetProperty("status").GetInt32(), heard.GetRawText());
        Assert.Equal(one.Status == 200 ? "id,status,result,rateLimits" : "id,status,error,rateLimits", string.Join(',', heard.EnumerateObject().Select(field => field.Name)));
        Sample.Fits(Fixtures.OrderLimits, heard.GetProperty("rateLimits"));
        Judge(one, heard.GetProperty(one.Status == 200 ? "result" : "error"));
    }

    [Fact]
    public void All_that_can_be_asked_is_asked_here() =>
        Assert.Equal(Operations.All.Select(operation => operation.Name).Where(name => name != NotOfTheContract).Order(StringComparer.Ordinal), Cases.Values.Select(one => one.Operation).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static void Judge(Case one, JsonElement heard)
    {
        Sample.Fits(one.Fixture, heard);
        // A list of nothing would fit any sample.
        if (heard.ValueKind == JsonValueKind.Array) Assert.Equal(one.IsEmpty, heard.GetArrayLength() == 0);
        if (one.IsSample && ContractFile.Samples is { } samples) Assert.True(samples.Any(sample => Sample.IsLike(sample, heard)), $"The contract has no sample like {heard.GetRawText()}");
    }

    private static async Task<Visitor> ComeAsync(Case one)
    {
        var visitor = await Visitor.ComeAsync(BarFeed.Of(64250, 64300, 64250, 64300, 64250), one.Change);
        visitor.Time.Pass(TimeSpan.FromSeconds(1));
        if (one.Before is { } before) await before(visitor);
        return visitor;
    }

    private static string Plain(string method, (string Name, string Value)[] parameters) =>
        $"{{\"id\":1,\"method\":\"{method}\",\"params\":{{{string.Join(',', parameters.Select(pair => pair.Value.StartsWith('[') ? $"\"{pair.Name}\":{pair.Value}" : $"\"{pair.Name}\":\"{pair.Value}\""))}}}}}";

    private static void Shallow(SimulatorOptions options) => (options.Market.Levels, options.Market.LevelNotional) = (2, 1000);

    private static Task RestAsync(Visitor visitor) => visitor.SignedAsync("POST", "/api/v3/order", $"{Limit}&newClientOrderId=mine");

    private static async Task AmendAsync(Visitor visitor)
    {
        await RestAsync(visitor);
        await visitor.SignedAsync("PUT", "/api/v3/order/amend/keepPriority", "symbol=BTCUSDT&orderId=1&newQty=0.005");
    }

    private static Task TradeAsync(Visitor visitor) => visitor.OrderAsync("side=BUY&type=MARKET&quantity=0.01");

    private static Task PairAsync(Visitor visitor) => visitor.SignedAsync("POST", "/api/v3/orderList/oco", Pair);

    private static async Task CrossAsync(Visitor visitor)
    {
        await visitor.ControlAsync("PUT", "symbols/BTCUSDT", """{"filters":{"minNotional":1}}""");
        await visitor.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=64249.99");
        await visitor.OrderAsync("side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.01&price=64249.99");
    }

    /// <param name="Query">Not encoded.</param>
    private sealed record Case(string Operation, string Query, string Fixture)
    {
        public string Note { get; init; } = "";

        public string Name => $"{Operation} {Query} {Note}".Trim();

        /// <summary>The contract has a sample of it; otherwise it says it in words and tables.</summary>
        public bool IsSample { get; init; } = true;

        /// <summary>It is a list in which there is never anything.</summary>
        public bool IsEmpty { get; init; }

        public int Status { get; init; } = 200;

        public Action<SimulatorOptions>? Change { get; init; }

        public Func<Visitor, Task>? Before { get; init; }
    }
}
