namespace OrleansTrader.Adapters.Tests.Binance.Calls;

/// <summary>Answers as the contract with the exchange writes them, to the letter.</summary>
internal static class ContractJson
{
    /// <summary><c>exchangeInfo</c>.</summary>
    public const string ExchangeInfo =
        """
        {"timezone":"UTC","serverTime":1767225600123,
         "rateLimits":[
          {"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000},
          {"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":100},
          {"rateLimitType":"ORDERS","interval":"DAY","intervalNum":1,"limit":200000},
          {"rateLimitType":"RAW_REQUESTS","interval":"MINUTE","intervalNum":5,"limit":300000}],
         "exchangeFilters":[],
         "symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","baseAssetPrecision":8,"quoteAsset":"USDT","quotePrecision":8,"quoteAssetPrecision":8,"baseCommissionPrecision":8,"quoteCommissionPrecision":8,
          "orderTypes":["LIMIT","LIMIT_MAKER","MARKET","STOP_LOSS","STOP_LOSS_LIMIT","TAKE_PROFIT","TAKE_PROFIT_LIMIT"],
          "icebergAllowed":true,"ocoAllowed":true,"otoAllowed":true,"opoAllowed":true,"quoteOrderQtyMarketAllowed":true,"allowTrailingStop":true,"cancelReplaceAllowed":true,"amendAllowed":true,"pegInstructionsAllowed":true,"isSpotTradingAllowed":true,"isMarginTradingAllowed":true,
          "filters":[
           {"filterType":"PRICE_FILTER","minPrice":"0.01000000","maxPrice":"1000000.00000000","tickSize":"0.01000000"},
           {"filterType":"LOT_SIZE","minQty":"0.00001000","maxQty":"9000.00000000","stepSize":"0.00001000"},
           {"filterType":"ICEBERG_PARTS","limit":100},
           {"filterType":"MARKET_LOT_SIZE","minQty":"0.00000000","maxQty":"110.50000000","stepSize":"0.00000000"},
           {"filterType":"TRAILING_DELTA","minTrailingAboveDelta":10,"maxTrailingAboveDelta":2000,"minTrailingBelowDelta":10,"maxTrailingBelowDelta":2000},
           {"filterType":"PERCENT_PRICE_BY_SIDE","bidMultiplierUp":"5","bidMultiplierDown":"0.2","askMultiplierUp":"5","askMultiplierDown":"0.2","avgPriceMins":5},
           {"filterType":"NOTIONAL","minNotional":"5.00000000","applyMinToMarket":true,"maxNotional":"9000000.00000000","applyMaxToMarket":false,"avgPriceMins":5},
           {"filterType":"MAX_NUM_ORDERS","maxNumOrders":200},
           {"filterType":"MAX_NUM_ORDER_LISTS","maxNumOrderLists":20},
           {"filterType":"MAX_NUM_ALGO_ORDERS","maxNumAlgoOrders":5},
           {"filterType":"MAX_NUM_ORDER_AMENDS","maxNumOrderAmends":10}],
          "permissions":[],"permissionSets":[["SPOT","MARGIN","TRD_GRP_004"]],
          "defaultSelfTradePreventionMode":"EXPIRE_MAKER","allowedSelfTradePreventionModes":["EXPIRE_TAKER","EXPIRE_MAKER","EXPIRE_BOTH","DECREMENT","TRANSFER"]}]}
        """;

    /// <summary><c>depth</c>.</summary>
    public const string Depth =
        """
        {"lastUpdateId":7300000150,"bids":[["64249.90","0.73100000"],["64249.80","0.01200000"]],"asks":[["64250.00","0.40900000"]]}
        """;

    /// <summary><c>klines</c>.</summary>
    public const string Klines =
        """
        [[1767225600000,"64200.01000000","64260.00000000","64199.99000000","64250.00000000","12.34567000",1767225659999,"793012.55120000",2310,"6.10000000","391800.10000000","0"]]
        """;

    /// <summary><c>ticker/24hr</c>.</summary>
    public const string DayTicker =
        """
        {"symbol":"BTCUSDT","priceChange":"-350.00000000","priceChangePercent":"-0.542","weightedAvgPrice":"64310.22000000","prevClosePrice":"64599.99000000","lastPrice":"64250.00000000","lastQty":"0.00900000","bidPrice":"64249.90000000","bidQty":"0.73100000","askPrice":"64250.00000000","askQty":"0.40900000","openPrice":"64600.00000000","highPrice":"64990.00000000","lowPrice":"63950.00000000","volume":"18250.12345000","quoteVolume":"1173669454.00000000","openTime":1767139201002,"closeTime":1767225601002,"firstId":3899000000,"lastId":3900000001,"count":1000002}
        """;

    /// <summary><c>ticker/price</c>.</summary>
    public const string PriceTicker =
        """
        {"symbol":"BTCUSDT","price":"64250.00000000"}
        """;

    /// <summary><c>ticker/bookTicker</c>.</summary>
    public const string BookTicker =
        """
        {"symbol":"BTCUSDT","bidPrice":"64249.90000000","bidQty":"0.73100000","askPrice":"64250.00000000","askQty":"0.40900000"}
        """;

    /// <summary><c>POST order, ACK</c>.</summary>
    public const string OrderAck =
        """
        {"symbol":"BTCUSDT","orderId":91000001,"orderListId":-1,"clientOrderId":"cl-0001","transactTime":1767225601002}
        """;

    /// <summary><c>POST order, RESULT</c>.</summary>
    public const string OrderResult =
        """
        {"symbol":"BTCUSDT","orderId":91000007,"orderListId":-1,"clientOrderId":"cl-0007","transactTime":1767225601002,"price":"0.00000000","origQty":"0.02000000","executedQty":"0.01200000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"771.00000000","status":"EXPIRED","timeInForce":"GTC","type":"MARKET","side":"BUY","workingTime":1767225601002,"selfTradePreventionMode":"EXPIRE_MAKER","expiryReason":"INSUFFICIENT_LIQUIDITY"}
        """;

    /// <summary><c>POST order, FULL</c>.</summary>
    public const string OrderFull =
        """
        {"symbol":"BTCUSDT","orderId":91000002,"orderListId":-1,"clientOrderId":"cl-0002","transactTime":1767225601002,"price":"64250.10000000","origQty":"0.01500000","executedQty":"0.01500000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"963.74940000","status":"FILLED","timeInForce":"GTC","type":"LIMIT","side":"BUY","workingTime":1767225601002,"fills":[{"price":"64249.90000000","qty":"0.00600000","commission":"0.00000600","commissionAsset":"BTC","tradeId":3900000000},{"price":"64250.00000000","qty":"0.00900000","commission":"0.00000900","commissionAsset":"BTC","tradeId":3900000001}],"selfTradePreventionMode":"EXPIRE_MAKER"}
        """;

    /// <summary><c>GET order</c>.</summary>
    public const string OrderQuery =
        """
        {"symbol":"BTCUSDT","orderId":91000003,"orderListId":-1,"clientOrderId":"cl-0003","price":"63900.00000000","origQty":"0.02000000","executedQty":"0.00500000","cummulativeQuoteQty":"319.50000000","status":"PARTIALLY_FILLED","timeInForce":"GTC","type":"LIMIT","side":"BUY","stopPrice":"0.00000000","icebergQty":"0.00000000","time":1767225600900,"updateTime":1767225605000,"isWorking":true,"workingTime":1767225600900,"origQuoteOrderQty":"0.00000000","selfTradePreventionMode":"EXPIRE_MAKER"}
        """;

    /// <summary><c>DELETE order</c>.</summary>
    public const string OrderCanceled =
        """
        {"symbol":"BTCUSDT","origClientOrderId":"cl-0003","orderId":91000003,"orderListId":-1,"clientOrderId":"cancel-0003","transactTime":1767225606000,"price":"63900.00000000","origQty":"0.02000000","executedQty":"0.00500000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"319.50000000","status":"CANCELED","timeInForce":"GTC","type":"LIMIT","side":"BUY","selfTradePreventionMode":"EXPIRE_MAKER"}
        """;

    /// <summary><c>POST order/cancelReplace, one half failed</c>.</summary>
    public const string CancelReplaceHalf =
        """
        {"code":-2021,"msg":"Order cancel-replace partially failed.","data":{"cancelResult":"SUCCESS","newOrderResult":"FAILURE","cancelResponse":{"symbol":"BTCUSDT","origClientOrderId":"cl-0004","orderId":91000004,"orderListId":-1,"clientOrderId":"auto-cxl-1","transactTime":1767225607000,"price":"64300.00000000","origQty":"0.01000000","executedQty":"0.00000000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"0.00000000","status":"CANCELED","timeInForce":"GTC","type":"LIMIT_MAKER","side":"SELL","selfTradePreventionMode":"EXPIRE_MAKER"},"newOrderResponse":{"code":-2010,"msg":"Order would immediately match and take."}}}
        """;

    /// <summary><c>POST orderList/oco</c>.</summary>
    public const string Oco =
        """
        {"orderListId":5001,"contingencyType":"OCO","listStatusType":"EXEC_STARTED","listOrderStatus":"EXECUTING","listClientOrderId":"list-1","transactionTime":1767225608000,"symbol":"BTCUSDT","orders":[{"symbol":"BTCUSDT","orderId":91000010,"clientOrderId":"oco-sl"},{"symbol":"BTCUSDT","orderId":91000011,"clientOrderId":"oco-tp"}],"orderReports":[{"symbol":"BTCUSDT","orderId":91000010,"orderListId":5001,"clientOrderId":"oco-sl","transactTime":1767225608000,"price":"63000.00000000","origQty":"0.01000000","executedQty":"0.00000000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"0.00000000","status":"NEW","timeInForce":"GTC","type":"STOP_LOSS_LIMIT","side":"SELL","stopPrice":"63050.00000000","workingTime":-1,"selfTradePreventionMode":"EXPIRE_MAKER"},{"symbol":"BTCUSDT","orderId":91000011,"orderListId":5001,"clientOrderId":"oco-tp","transactTime":1767225608000,"price":"66000.00000000","origQty":"0.01000000","executedQty":"0.00000000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"0.00000000","status":"NEW","timeInForce":"GTC","type":"LIMIT_MAKER","side":"SELL","workingTime":1767225608000,"selfTradePreventionMode":"EXPIRE_MAKER"}]}
        """;

    /// <summary><c>account</c>.</summary>
    public const string Account =
        """
        {"makerCommission":10,"takerCommission":10,"buyerCommission":0,"sellerCommission":0,"commissionRates":{"maker":"0.00100000","taker":"0.00100000","buyer":"0.00000000","seller":"0.00000000"},"canTrade":true,"canWithdraw":true,"canDeposit":true,"brokered":false,"requireSelfTradePrevention":false,"preventSor":false,"updateTime":1767225601002,"accountType":"SPOT","balances":[{"asset":"BTC","free":"1.01498500","locked":"0.00000000"},{"asset":"USDT","free":"9036.25060000","locked":"0.00000000"}],"permissions":["SPOT"],"uid":123456789}
        """;

    /// <summary><c>myTrades</c>.</summary>
    public const string Trades =
        """
        [{"symbol":"BTCUSDT","id":3900000001,"orderId":91000002,"orderListId":-1,"price":"64250.00000000","qty":"0.00900000","quoteQty":"578.25000000","commission":"0.00000900","commissionAsset":"BTC","time":1767225601002,"isBuyer":true,"isMaker":false,"isBestMatch":true}]
        """;

    /// <summary><c>account/commission</c>.</summary>
    public const string Commission =
        """
        {"symbol":"BTCUSDT","standardCommission":{"maker":"0.00100000","taker":"0.00100000","buyer":"0.00000000","seller":"0.00000000"},"specialCommission":{"maker":"0.00000000","taker":"0.00000000","buyer":"0.00000000","seller":"0.00000000"},"taxCommission":{"maker":"0.00000000","taker":"0.00000000","buyer":"0.00000000","seller":"0.00000000"},"discount":{"enabledForAccount":true,"enabledForSymbol":true,"discountAsset":"BNB","discount":"0.75000000"}}
        """;

    /// <summary><c>rateLimit/order</c>.</summary>
    public const string OrderCounts =
        """
        [{"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":100,"count":3},{"rateLimitType":"ORDERS","interval":"DAY","intervalNum":1,"limit":200000,"count":41}]
        """;
}
