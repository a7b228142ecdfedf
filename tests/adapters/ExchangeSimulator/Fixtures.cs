using OrleansTrader.Adapters.Tests.Binance.Calls;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>Answers and messages of the exchange by the contract: names, order and kinds of fields are its, numbers are our own.</summary>
internal static class Fixtures
{
    public const string ExchangeInfo = ContractJson.ExchangeInfo;

    /// <summary>Answer ACK to a new order.</summary>
    public const string OrderAck = """{"symbol":"BTCUSDT","orderId":91000001,"orderListId":-1,"clientOrderId":"cl-0001","transactTime":1767225601002}""";

    /// <summary>Answer FULL, of an order that took at once.</summary>
    public const string OrderFull = """{"symbol":"BTCUSDT","orderId":91000002,"orderListId":-1,"clientOrderId":"cl-0002","transactTime":1767225601002,"price":"64250.10000000","origQty":"0.01500000","executedQty":"0.01500000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"963.74940000","status":"FILLED","timeInForce":"GTC","type":"LIMIT","side":"BUY","workingTime":1767225601002,"fills":[{"price":"64249.90000000","qty":"0.00600000","commission":"0.00000600","commissionAsset":"BTC","tradeId":3900000000}],"selfTradePreventionMode":"EXPIRE_MAKER"}""";

    /// <summary>Answer RESULT, of an order that ended without being filled.</summary>
    public const string OrderResult = """{"symbol":"BTCUSDT","orderId":91000007,"orderListId":-1,"clientOrderId":"cl-0007","transactTime":1767225601002,"price":"0.00000000","origQty":"0.02000000","executedQty":"0.01200000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"771.00000000","status":"EXPIRED","timeInForce":"GTC","type":"MARKET","side":"BUY","workingTime":1767225601002,"selfTradePreventionMode":"EXPIRE_MAKER","expiryReason":"INSUFFICIENT_LIQUIDITY"}""";

    /// <summary>An order as it is found.</summary>
    public const string OrderFound = """{"symbol":"BTCUSDT","orderId":91000003,"orderListId":-1,"clientOrderId":"cl-0003","price":"63900.00000000","origQty":"0.02000000","executedQty":"0.00500000","cummulativeQuoteQty":"319.50000000","status":"PARTIALLY_FILLED","timeInForce":"GTC","type":"LIMIT","side":"BUY","stopPrice":"0.00000000","icebergQty":"0.00000000","time":1767225600900,"updateTime":1767225605000,"isWorking":true,"workingTime":1767225600900,"origQuoteOrderQty":"0.00000000","selfTradePreventionMode":"EXPIRE_MAKER"}""";

    /// <summary>Answer to a cancellation.</summary>
    public const string OrderCanceled = """{"symbol":"BTCUSDT","origClientOrderId":"cl-0003","orderId":91000003,"orderListId":-1,"clientOrderId":"cancel-0003","transactTime":1767225606000,"price":"63900.00000000","origQty":"0.02000000","executedQty":"0.00500000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"319.50000000","status":"CANCELED","timeInForce":"GTC","type":"LIMIT","side":"BUY","selfTradePreventionMode":"EXPIRE_MAKER"}""";

    /// <summary><c>account</c>.</summary>
    public const string Account = """{"makerCommission":10,"takerCommission":10,"buyerCommission":0,"sellerCommission":0,"commissionRates":{"maker":"0.00100000","taker":"0.00100000","buyer":"0.00000000","seller":"0.00000000"},"canTrade":true,"canWithdraw":true,"canDeposit":true,"brokered":false,"requireSelfTradePrevention":false,"preventSor":false,"updateTime":1767225601002,"accountType":"SPOT","balances":[{"asset":"BTC","free":"1.01498500","locked":"0.00000000"}],"permissions":["SPOT"],"uid":123456789}""";

    /// <summary><c>myTrades</c>.</summary>
    public const string MyTrades = """[{"symbol":"BTCUSDT","id":3900000001,"orderId":91000002,"orderListId":-1,"price":"64250.00000000","qty":"0.00900000","quoteQty":"578.25000000","commission":"0.00000900","commissionAsset":"BTC","time":1767225601002,"isBuyer":true,"isMaker":false,"isBestMatch":true}]""";

    /// <summary><c>account/commission</c>.</summary>
    public const string Commission = """{"symbol":"BTCUSDT","standardCommission":{"maker":"0.00100000","taker":"0.00100000","buyer":"0.00000000","seller":"0.00000000"},"specialCommission":{"maker":"0.00000000","taker":"0.00000000","buyer":"0.00000000","seller":"0.00000000"},"taxCommission":{"maker":"0.00000000","taker":"0.00000000","buyer":"0.00000000","seller":"0.00000000"},"discount":{"enabledForAccount":true,"enabledForSymbol":true,"discountAsset":"BNB","discount":"0.75000000"}}""";

    /// <summary>A list of orders without its reports.</summary>
    public const string ListHead = """{"orderListId":5001,"contingencyType":"OCO","listStatusType":"EXEC_STARTED","listOrderStatus":"EXECUTING","listClientOrderId":"list-1","transactionTime":1767225608000,"symbol":"BTCUSDT","orders":[{"symbol":"BTCUSDT","orderId":91000010,"clientOrderId":"oco-sl"}],"orderReports":[]}""";

    /// <summary>The stop leg of a pair, as a report of its list.</summary>
    public const string StopLeg = """{"symbol":"BTCUSDT","orderId":91000010,"orderListId":5001,"clientOrderId":"oco-sl","transactTime":1767225608000,"price":"63000.00000000","origQty":"0.01000000","executedQty":"0.00000000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"0.00000000","status":"NEW","timeInForce":"GTC","type":"STOP_LOSS_LIMIT","side":"SELL","stopPrice":"63050.00000000","workingTime":-1,"selfTradePreventionMode":"EXPIRE_MAKER"}""";

    /// <summary>The other leg.</summary>
    public const string ProfitLeg = """{"symbol":"BTCUSDT","orderId":91000011,"orderListId":5001,"clientOrderId":"oco-tp","transactTime":1767225608000,"price":"66000.00000000","origQty":"0.01000000","executedQty":"0.00000000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"0.00000000","status":"NEW","timeInForce":"GTC","type":"LIMIT_MAKER","side":"SELL","workingTime":1767225608000,"selfTradePreventionMode":"EXPIRE_MAKER"}""";

    /// <summary><c>executionReport</c> of a trade.</summary>
    public const string TradeReport = """{"e":"executionReport","E":1767225612003,"s":"BTCUSDT","c":"cl-0005","S":"SELL","o":"LIMIT","f":"GTC","q":"0.50000000","p":"64300.00000000","P":"0.00000000","F":"0.00000000","g":-1,"C":"","x":"TRADE","X":"PARTIALLY_FILLED","r":"NONE","i":91000005,"l":"0.20000000","z":"0.20000000","L":"64300.00000000","n":"12.86000000","N":"USDT","T":1767225612002,"t":3900000050,"I":8641990,"w":true,"m":true,"M":true,"O":1767225609000,"Z":"12860.00000000","Y":"12860.00000000","Q":"0.00000000","W":1767225609000,"V":"EXPIRE_MAKER"}""";

    /// <summary><c>executionReport</c> of a cancellation.</summary>
    public const string CanceledReport = """{"e":"executionReport","E":1767225606001,"s":"BTCUSDT","c":"cancel-0003","S":"BUY","o":"LIMIT","f":"GTC","q":"0.02000000","p":"63900.00000000","P":"0.00000000","F":"0.00000000","g":-1,"C":"cl-0003","x":"CANCELED","X":"CANCELED","r":"NONE","i":91000003,"l":"0.00000000","z":"0.00500000","L":"0.00000000","n":"0","N":null,"T":1767225606000,"t":-1,"I":8641970,"w":false,"m":false,"M":false,"O":1767225600900,"Z":"319.50000000","Y":"0.00000000","Q":"0.00000000","W":1767225600900,"V":"EXPIRE_MAKER"}""";

    /// <summary><c>executionReport</c> of the leg that lost.</summary>
    public const string ExpiredReport = """{"e":"executionReport","E":1767225614002,"s":"BTCUSDT","c":"oco-sl","S":"SELL","o":"STOP_LOSS_LIMIT","f":"GTC","q":"0.01000000","p":"63000.00000000","P":"63050.00000000","F":"0.00000000","g":5001,"C":"","x":"EXPIRED","X":"EXPIRED","r":"NONE","i":91000010,"l":"0.00000000","z":"0.00000000","L":"0.00000000","n":"0","N":null,"T":1767225614001,"t":-1,"I":8642001,"w":false,"m":false,"M":false,"O":1767225608000,"Z":"0.00000000","Y":"0.00000000","Q":"0.00000000","V":"EXPIRE_MAKER","eR":"OCO_TRIGGER"}""";

    /// <summary><c>executionReport</c> of a trade that was prevented.</summary>
    public const string PreventedReport = """{"e":"executionReport","E":1767225616001,"s":"BTCUSDT","c":"cl-0006","S":"BUY","o":"LIMIT","f":"GTC","q":"1.20000000","p":"64000.00000000","P":"0.00000000","F":"0.00000000","g":-1,"C":"","x":"TRADE_PREVENTION","X":"EXPIRED_IN_MATCH","r":"NONE","i":91000006,"l":"0.00000000","z":"0.00000000","L":"0.00000000","n":"0","N":null,"T":1767225616000,"t":-1,"v":0,"I":8642010,"w":false,"m":false,"M":false,"O":1767225610500,"Z":"0.00000000","Y":"0.00000000","Q":"0.00000000","W":1767225610500,"V":"EXPIRE_MAKER","A":"1.20000000","B":"1.20000000","u":-1,"U":91000007,"Cs":"BTCUSDT","pl":"1.20000000","pL":"64000.00000000","pY":"76800.00000000"}""";

    /// <summary><c>outboundAccountPosition</c>.</summary>
    public const string Position = """{"e":"outboundAccountPosition","E":1767225612003,"u":1767225612002,"B":[{"a":"BTC","f":"0.51498500","l":"0.30000000"}]}""";

    /// <summary><c>listStatus</c>.</summary>
    public const string ListStatus = """{"e":"listStatus","E":1767225614002,"s":"BTCUSDT","g":5001,"c":"OCO","l":"ALL_DONE","L":"ALL_DONE","r":"NONE","C":"list-1","T":1767225614001,"O":[{"s":"BTCUSDT","i":91000010,"c":"oco-sl"}]}""";

    /// <summary><c>klines</c>.</summary>
    public const string Klines = """[[1767225600000,"64200.01000000","64260.00000000","64199.99000000","64250.00000000","12.34567000",1767225659999,"793012.55120000",2310,"6.10000000","391800.10000000","0"]]""";

    /// <summary><c>depth</c>, and partial depth as a stream.</summary>
    public const string Depth = """{"lastUpdateId":7300000150,"bids":[["64249.90","0.73100000"],["64249.80","0.01200000"]],"asks":[["64250.00","0.40900000"]]}""";

    /// <summary><c>ticker/bookTicker</c>.</summary>
    public const string BookTicker = """{"symbol":"BTCUSDT","bidPrice":"64249.90000000","bidQty":"0.73100000","askPrice":"64250.00000000","askQty":"0.40900000"}""";

    /// <summary><c>ticker/24hr</c>.</summary>
    public const string DayTicker = """{"symbol":"BTCUSDT","priceChange":"-350.00000000","priceChangePercent":"-0.542","weightedAvgPrice":"64310.22000000","prevClosePrice":"64599.99000000","lastPrice":"64250.00000000","lastQty":"0.00900000","bidPrice":"64249.90000000","bidQty":"0.73100000","askPrice":"64250.00000000","askQty":"0.40900000","openPrice":"64600.00000000","highPrice":"64990.00000000","lowPrice":"63950.00000000","volume":"18250.12345000","quoteVolume":"1173669454.00000000","openTime":1767139201002,"closeTime":1767225601002,"firstId":3899000000,"lastId":3900000001,"count":1000002}""";

    /// <summary><c>trades</c>.</summary>
    public const string Trades = """[{"id":3900000001,"price":"64250.00000000","qty":"0.00900000","quoteQty":"578.25000000","time":1767225601002,"isBuyerMaker":false,"isBestMatch":true}]""";

    /// <summary><c>aggTrades</c>.</summary>
    public const string Aggregates = """[{"a":2900000001,"p":"64250.00000000","q":"0.00900000","f":3900000001,"l":3900000001,"T":1767225601002,"m":false,"M":true}]""";

    /// <summary><c>avgPrice</c>.</summary>
    public const string AveragePrice = """{"mins":5,"price":"64231.15804217","closeTime":1767225601002}""";

    /// <summary><c>rateLimit/order</c>.</summary>
    public const string OrderLimits = """[{"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":100,"count":3}]""";

    /// <summary>A refusal on the WebSocket API.</summary>
    public const string Banned = """{"id":"r-9","status":418,"error":{"code":-1003,"msg":"Way too much request weight used; IP banned until 1767229200000. Please use WebSocket Streams for live updates to avoid bans.","data":{"serverTime":1767225610000,"retryAfter":1767229200000}},"rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000,"count":9120}]}""";

    public const string AggregateEvent = """{"e":"aggTrade","E":1767225601004,"s":"BTCUSDT","a":2900000001,"p":"64250.00000000","q":"0.00900000","f":3900000001,"l":3900000001,"T":1767225601002,"m":false,"M":true}""";

    public const string TradeEvent = """{"e":"trade","E":1767225601004,"s":"BTCUSDT","t":3900000001,"p":"64250.00000000","q":"0.00900000","T":1767225601002,"m":false,"M":true}""";

    public const string KlineEvent = """{"e":"kline","E":1767225660005,"s":"BTCUSDT","k":{"t":1767225600000,"T":1767225659999,"s":"BTCUSDT","i":"1m","f":3899997692,"L":3900000001,"o":"64200.01000000","c":"64250.00000000","h":"64260.00000000","l":"64199.99000000","v":"12.34567000","n":2310,"x":true,"q":"793012.55120000","V":"6.10000000","Q":"391800.10000000","B":"0"}}""";

    public const string MiniTickerEvent = """{"e":"24hrMiniTicker","E":1767225601100,"s":"BTCUSDT","c":"64250.00000000","o":"64600.00000000","h":"64990.00000000","l":"63950.00000000","v":"18250.12345000","q":"1173669454.00000000"}""";

    public const string TickerEvent = """{"e":"24hrTicker","E":1767225601100,"s":"BTCUSDT","p":"-350.00000000","P":"-0.542","w":"64310.22000000","x":"64599.99000000","c":"64250.00000000","Q":"0.00900000","b":"64249.90000000","B":"0.73100000","a":"64250.00000000","A":"0.40900000","o":"64600.00000000","h":"64990.00000000","l":"63950.00000000","v":"18250.12345000","q":"1173669454.00000000","O":1767139201002,"C":1767225601002,"F":3899000000,"L":3900000001,"n":1000002}""";

    public const string BookTickerEvent = """{"u":7300000151,"s":"BTCUSDT","b":"64249.90000000","B":"0.73100000","a":"64250.00000000","A":"0.40900000"}""";

    public const string DepthEvent = """{"e":"depthUpdate","E":1767225601100,"s":"BTCUSDT","U":7300000149,"u":7300000153,"b":[["64249.90","0.73100000"],["64240.00","0.00000000"]],"a":[]}""";
    public const string ServerTime = """{"serverTime":1767225600123}""";

    public const string PriceTicker = """{"symbol":"BTCUSDT","price":"64250.00000000"}""";

    public const string Error = """{"code":-1121,"msg":"Invalid symbol."}""";

    /// <summary>An error of a stream connection, as it was recorded; by default code and text stand beside the id.</summary>
    public const string WrappedError = """{"error":{"code":2,"msg":"Invalid request: invalid stream"},"id":2}""";

    /// <summary>A replacement of which one half was done.</summary>
    public const string HalfReplaced = $$$$"""{"code":-2021,"msg":"Order cancel-replace partially failed.","data":{"cancelResult":"SUCCESS","newOrderResult":"FAILURE","cancelResponse":{{{{OrderCanceled}}}},"newOrderResponse":{"code":-2010,"msg":"Order would immediately match and take."}}}""";

    /// <summary>Answer to a subscription, in its envelope.</summary>
    public const string Subscribed = """{"id":"u-1","status":200,"result":{"subscriptionId":0},"rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000,"count":4}]}""";

    public const string Subscriptions = """[{"subscriptionId":0}]""";

    public const string BalanceUpdate = """{"e":"balanceUpdate","E":1767225613001,"a":"USDT","d":"-250.00000000","T":1767225613000}""";

    public const string Terminated = """{"e":"eventStreamTerminated","E":1767225615000}""";

    public const string Shutdown = """{"e":"serverShutdown","E":1767225611000}""";

    /// <summary>Section 4.3: MINI has these fields of FULL.</summary>
    public const string MiniTicker = """{"symbol":"BTCUSDT","openPrice":"64600.00000000","highPrice":"64990.00000000","lowPrice":"63950.00000000","lastPrice":"64250.00000000","volume":"18250.12345000","quoteVolume":"1173669454.00000000","openTime":1767139201002,"closeTime":1767225601002,"firstId":3899000000,"lastId":3900000001,"count":1000002}""";

    /// <summary>Section 4.3: <c>ticker</c> and <c>ticker/tradingDay</c> are FULL without what belongs to the moment.</summary>
    public const string WindowTicker = """{"symbol":"BTCUSDT","priceChange":"-350.00000000","priceChangePercent":"-0.542","weightedAvgPrice":"64310.22000000","openPrice":"64600.00000000","highPrice":"64990.00000000","lowPrice":"63950.00000000","lastPrice":"64250.00000000","volume":"18250.12345000","quoteVolume":"1173669454.00000000","openTime":1767139201002,"closeTime":1767225601002,"firstId":3899000000,"lastId":3900000001,"count":1000002}""";

    /// <summary>Section 4.4: <c>order/test</c> with <c>computeCommissionRates</c>.</summary>
    public const string OrderRates = """{"standardCommissionForOrder":{"maker":"0.00100000","taker":"0.00100000"},"specialCommissionForOrder":{"maker":"0.00000000","taker":"0.00000000"},"taxCommissionForOrder":{"maker":"0.00000000","taker":"0.00000000"},"discount":{"enabledForAccount":true,"enabledForSymbol":true,"discountAsset":"BNB","discount":"0.75000000"}}""";

    /// <summary>Section 4.4: a resting limit order comes with <c>fills:[]</c>.</summary>
    public const string OrderResting = """{"symbol":"BTCUSDT","orderId":91000009,"orderListId":-1,"clientOrderId":"cl-0009","transactTime":1767225601002,"price":"63000.10000000","origQty":"0.01500000","executedQty":"0.00000000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"0.00000000","status":"NEW","timeInForce":"GTC","type":"LIMIT","side":"BUY","workingTime":1767225601002,"fills":[],"selfTradePreventionMode":"EXPIRE_MAKER"}""";

    /// <summary>Section 4.5: the table of cancelReplace, both halves done.</summary>
    public const string Replaced = $$$$"""{"cancelResult":"SUCCESS","newOrderResult":"SUCCESS","cancelResponse":{{{{OrderCanceled}}}},"newOrderResponse":{{{{OrderResting}}}}}""";

    /// <summary>Answer to an amendment.</summary>
    public const string Amended = """{"transactTime":1767225607500,"executionId":8641980,"amendedOrder":{"symbol":"BTCUSDT","orderId":91000008,"orderListId":-1,"origClientOrderId":"cl-0008","clientOrderId":"cl-0008b","price":"64500.00000000","qty":"0.04000000","executedQty":"0.00000000","preventedQty":"0.00000000","quoteOrderQty":"0.00000000","cumulativeQuoteQty":"0.00000000","status":"NEW","timeInForce":"GTC","type":"LIMIT","side":"SELL","workingTime":1767225600500,"selfTradePreventionMode":"EXPIRE_MAKER"}}""";

    /// <summary>Binance's documentation of REST, Query Order Amendments.</summary>
    public const string Amendments = """[{"symbol":"BTCUSDT","orderId":91000008,"executionId":8641980,"origClientOrderId":"cl-0008","newClientOrderId":"cl-0008b","origQty":"0.05000000","newQty":"0.04000000","time":1767225607500}]""";

    /// <summary>Section 4.7.</summary>
    public const string PreventedMatches = """[{"symbol":"BTCUSDT","preventedMatchId":3,"takerOrderId":91000007,"makerSymbol":"BTCUSDT","makerOrderId":91000006,"tradeGroupId":-1,"selfTradePreventionMode":"EXPIRE_MAKER","price":"64000.00000000","makerPreventedQuantity":"1.20000000","transactTime":1767225616000}]""";

    /// <summary>Section 6: fields as those of the ticker of a day, without what belongs to the moment.</summary>
    public const string WindowTickerEvent = """{"e":"1hTicker","E":1767225601100,"s":"BTCUSDT","p":"-350.00000000","P":"-0.542","o":"64600.00000000","h":"64990.00000000","l":"63950.00000000","c":"64250.00000000","w":"64310.22000000","v":"18250.12345000","q":"1173669454.00000000","O":1767222001002,"C":1767225601002,"F":3899000000,"L":3900000001,"n":1000002}""";

    /// <summary>Section 6 names the stream alone.</summary>
    public const string AveragePriceEvent = """{"e":"avgPrice","E":1767225601100,"s":"BTCUSDT","i":"5m","w":"64231.15804217","T":1767225601002}""";

    /// <summary>A pair that was placed.</summary>
    public static string PlacedPair { get; } = With(ListHead, StopLeg, ProfitLeg);

    /// <summary>Section 4.5: an order of a list is told with the state of its list.</summary>
    public static string AmendedLeg { get; } = Amended[..^1].Replace("\"side\":\"SELL\",", "\"side\":\"SELL\",\"stopPrice\":\"63050.00000000\",", StringComparison.Ordinal).Replace("\"workingTime\":1767225600500,", "", StringComparison.Ordinal)
        + ",\"listStatus\":{\"orderListId\":5001,\"contingencyType\":\"OCO\",\"listOrderStatus\":\"EXECUTING\",\"listClientOrderId\":\"list-1\",\"symbol\":\"BTCUSDT\",\"orders\":[{\"symbol\":\"BTCUSDT\",\"orderId\":91000010,\"clientOrderId\":\"oco-sl\"}]}}";

    /// <summary>Section 4.6: pending legs come with their own status, and no time at which they work.</summary>
    public static string PlacedOto { get; } = With(ListHead, Leg(OrderResting), StopLeg);

    public static string PlacedOtoco { get; } = With(ListHead, Leg(OrderResting), StopLeg, ProfitLeg);

    /// <summary>Section 4.6: what is sold of what was bought is not known before, so that <c>origQty</c> is missing.</summary>
    public static string PlacedOpo { get; } = With(ListHead, Leg(OrderResting), Unsized(StopLeg));

    public static string PlacedOpoco { get; } = With(ListHead, Leg(OrderResting), Unsized(StopLeg), Unsized(ProfitLeg));

    /// <summary>Section 4.6: a list that was taken back, with what became of each order.</summary>
    public static string CanceledPair { get; } = With(ListHead, OrderCanceled.Replace("\"side\":\"BUY\",", "\"side\":\"BUY\",\"stopPrice\":\"63050.00000000\",", StringComparison.Ordinal), OrderCanceled);

    public static string FoundPair { get; } = ListHead.Replace(",\"orderReports\":[]", "", StringComparison.Ordinal);

    /// <summary>Section 4.7, with the filters of <c>exchangeInfo</c>.</summary>
    public static string MyFilters { get; } = $$"""{"exchangeFilters":[],"symbolFilters":{{Filters}},"assetFilters":[]}""";

    /// <summary>Those that the contract has as samples; the others are made of its tables.</summary>
    public static IReadOnlyList<string> Samples { get; } =
    [
        ExchangeInfo, OrderAck, OrderFull, OrderResult, OrderFound, OrderCanceled, Amended, Account, MyTrades, Commission,
        Klines, Depth, BookTicker, DayTicker, Trades, Aggregates, AveragePrice, OrderLimits,
        Banned, AggregateEvent, TradeEvent, KlineEvent, MiniTickerEvent, TickerEvent, BookTickerEvent, DepthEvent,
        ServerTime, PriceTicker, Error, WrappedError, HalfReplaced, Subscribed, Subscriptions, PlacedPair, Shutdown,
        .. ((string[])[TradeReport, CanceledReport, ExpiredReport, PreventedReport, Position, BalanceUpdate, ListStatus, Terminated]).Select(told => $$"""{"subscriptionId":0,"event":{{told}}}"""),
    ];

    private static string Filters => ExchangeInfo[ExchangeInfo.IndexOf("[", ExchangeInfo.IndexOf("\"filters\"", StringComparison.Ordinal), StringComparison.Ordinal)..ExchangeInfo.IndexOf("\"permissions\"", StringComparison.Ordinal)].TrimEnd().TrimEnd(',');

    private static string Leg(string placed) => placed.Replace("\"fills\":[],", "", StringComparison.Ordinal);

    private static string Unsized(string leg) => leg.Replace("\"origQty\":\"0.01000000\",", "", StringComparison.Ordinal);

    private static string With(string list, params string[] reports) => list.Replace("\"orderReports\":[]", $"\"orderReports\":[{string.Join(',', reports)}]", StringComparison.Ordinal);
}
