namespace OrleansTrader.Adapters.Tests.Binance.Streams;

/// <summary>Messages as the contract with the exchange writes them, to the letter.</summary>
internal static class StreamJson
{
    /// <summary><c>aggTrade</c>.</summary>
    public const string AggregateTrade =
        """
        {"e":"aggTrade","E":1767225601004,"s":"BTCUSDT","a":2900000001,"p":"64250.00000000","q":"0.00900000","f":3900000001,"l":3900000001,"T":1767225601002,"m":false,"M":true}
        """;

    /// <summary><c>kline</c>.</summary>
    public const string Kline =
        """
        {"e":"kline","E":1767225660005,"s":"BTCUSDT","k":{"t":1767225600000,"T":1767225659999,"s":"BTCUSDT","i":"1m","f":3899997692,"L":3900000001,"o":"64200.01000000","c":"64250.00000000","h":"64260.00000000","l":"64199.99000000","v":"12.34567000","n":2310,"x":true,"q":"793012.55120000","V":"6.10000000","Q":"391800.10000000","B":"0"}}
        """;

    /// <summary><c>miniTicker</c>.</summary>
    public const string MiniTicker =
        """
        {"e":"24hrMiniTicker","E":1767225601100,"s":"BTCUSDT","c":"64250.00000000","o":"64600.00000000","h":"64990.00000000","l":"63950.00000000","v":"18250.12345000","q":"1173669454.00000000"}
        """;

    /// <summary><c>bookTicker</c>.</summary>
    public const string BookTop =
        """
        {"u":7300000151,"s":"BTCUSDT","b":"64249.90000000","B":"0.73100000","a":"64250.00000000","A":"0.40900000"}
        """;

    /// <summary><c>depth diff</c>.</summary>
    public const string Depth =
        """
        {"e":"depthUpdate","E":1767225601100,"s":"BTCUSDT","U":7300000149,"u":7300000153,"b":[["64249.90","0.73100000"],["64240.00","0.00000000"]],"a":[]}
        """;

    /// <summary><c>executionReport of a trade</c>.</summary>
    public const string OrderTraded =
        """
        {"subscriptionId":0,"event":{"e":"executionReport","E":1767225612003,"s":"BTCUSDT","c":"cl-0005","S":"SELL","o":"LIMIT","f":"GTC","q":"0.50000000","p":"64300.00000000","P":"0.00000000","F":"0.00000000","g":-1,"C":"","x":"TRADE","X":"PARTIALLY_FILLED","r":"NONE","i":91000005,"l":"0.20000000","z":"0.20000000","L":"64300.00000000","n":"12.86000000","N":"USDT","T":1767225612002,"t":3900000050,"I":8641990,"w":true,"m":true,"M":true,"O":1767225609000,"Z":"12860.00000000","Y":"12860.00000000","Q":"0.00000000","W":1767225609000,"V":"EXPIRE_MAKER"}}
        """;

    /// <summary><c>executionReport of a cancellation</c>.</summary>
    public const string OrderCanceled =
        """
        {"subscriptionId":0,"event":{"e":"executionReport","E":1767225606001,"s":"BTCUSDT","c":"cancel-0003","S":"BUY","o":"LIMIT","f":"GTC","q":"0.02000000","p":"63900.00000000","P":"0.00000000","F":"0.00000000","g":-1,"C":"cl-0003","x":"CANCELED","X":"CANCELED","r":"NONE","i":91000003,"l":"0.00000000","z":"0.00500000","L":"0.00000000","n":"0","N":null,"T":1767225606000,"t":-1,"I":8641970,"w":false,"m":false,"M":false,"O":1767225600900,"Z":"319.50000000","Y":"0.00000000","Q":"0.00000000","W":1767225600900,"V":"EXPIRE_MAKER"}}
        """;

    /// <summary><c>executionReport of the leg of an OCO that lost</c>.</summary>
    public const string OrderExpired =
        """
        {"subscriptionId":0,"event":{"e":"executionReport","E":1767225614002,"s":"BTCUSDT","c":"oco-sl","S":"SELL","o":"STOP_LOSS_LIMIT","f":"GTC","q":"0.01000000","p":"63000.00000000","P":"63050.00000000","F":"0.00000000","g":5001,"C":"","x":"EXPIRED","X":"EXPIRED","r":"NONE","i":91000010,"l":"0.00000000","z":"0.00000000","L":"0.00000000","n":"0","N":null,"T":1767225614001,"t":-1,"I":8642001,"w":false,"m":false,"M":false,"O":1767225608000,"Z":"0.00000000","Y":"0.00000000","Q":"0.00000000","V":"EXPIRE_MAKER","eR":"OCO_TRIGGER"}}
        """;

    /// <summary><c>executionReport of an order that would have met one of its own account</c>.</summary>
    public const string OrderPrevented =
        """
        {"subscriptionId":0,"event":{"e":"executionReport","E":1767225616001,"s":"BTCUSDT","c":"cl-0006","S":"BUY","o":"LIMIT","f":"GTC","q":"1.20000000","p":"64000.00000000","P":"0.00000000","F":"0.00000000","g":-1,"C":"","x":"TRADE_PREVENTION","X":"EXPIRED_IN_MATCH","r":"NONE","i":91000006,"l":"0.00000000","z":"0.00000000","L":"0.00000000","n":"0","N":null,"T":1767225616000,"t":-1,"v":0,"I":8642010,"w":false,"m":false,"M":false,"O":1767225610500,"Z":"0.00000000","Y":"0.00000000","Q":"0.00000000","W":1767225610500,"V":"EXPIRE_MAKER","A":"1.20000000","B":"1.20000000","u":-1,"U":91000007,"Cs":"BTCUSDT","pl":"1.20000000","pL":"64000.00000000","pY":"76800.00000000"}}
        """;

    /// <summary><c>outboundAccountPosition</c>.</summary>
    public const string Balances =
        """
        {"subscriptionId":0,"event":{"e":"outboundAccountPosition","E":1767225612003,"u":1767225612002,"B":[{"a":"BTC","f":"0.51498500","l":"0.30000000"},{"a":"USDT","f":"21883.39060000","l":"0.00000000"}]}}
        """;

    /// <summary><c>balanceUpdate</c>.</summary>
    public const string BalanceMoved =
        """
        {"subscriptionId":0,"event":{"e":"balanceUpdate","E":1767225613001,"a":"USDT","d":"-250.00000000","T":1767225613000}}
        """;

    /// <summary><c>listStatus</c>.</summary>
    public const string ListDone =
        """
        {"subscriptionId":0,"event":{"e":"listStatus","E":1767225614002,"s":"BTCUSDT","g":5001,"c":"OCO","l":"ALL_DONE","L":"ALL_DONE","r":"NONE","C":"list-1","T":1767225614001,"O":[{"s":"BTCUSDT","i":91000010,"c":"oco-sl"},{"s":"BTCUSDT","i":91000011,"c":"oco-tp"}]}}
        """;

    /// <summary><c>eventStreamTerminated</c>.</summary>
    public const string Terminated =
        """
        {"subscriptionId":0,"event":{"e":"eventStreamTerminated","E":1767225615000}}
        """;

    /// <summary>A message as it comes on a connection of several streams.</summary>
    public static string On(string stream, string data) => $$"""{"stream":"{{stream}}","data":{{data}}}""";
}
