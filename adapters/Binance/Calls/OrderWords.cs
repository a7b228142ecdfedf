namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>How an order meets the market; written <c>STOP_LOSS_LIMIT</c>.</summary>
public enum BinanceOrderType : byte
{
    Unknown,
    Limit,
    LimitMaker,
    Market,
    StopLoss,
    StopLossLimit,
    TakeProfit,
    TakeProfitLimit,
}

/// <summary>What has become of an order. Expired does not mean that nothing was traded.</summary>
public enum BinanceOrderStatus : byte
{
    Unknown,
    New,

    /// <summary>Waits for the first order of its list to be filled.</summary>
    PendingNew,
    PartiallyFilled,
    Filled,
    Canceled,
    PendingCancel,
    Rejected,
    Expired,

    /// <summary>Would have met an order of the same account.</summary>
    ExpiredInMatch,
}

/// <summary>How long an order stays.</summary>
public enum TimeInForce : byte
{
    Unknown,

    /// <summary>Until it is canceled.</summary>
    Gtc,

    /// <summary>What does not trade at once expires.</summary>
    Ioc,

    /// <summary>All of it at once or nothing.</summary>
    Fok,
}

/// <summary>What the exchange does with an order that would meet one of the same account.</summary>
public enum SelfTradePrevention : byte
{
    Unknown,
    None,
    ExpireTaker,
    ExpireMaker,
    ExpireBoth,
    Decrement,
    Transfer,
}

/// <summary>What has become of a list of orders.</summary>
public enum OrderListStatus : byte
{
    Unknown,
    Executing,
    AllDone,
    Reject,
}

/// <summary>Which orders a cancellation may take back.</summary>
public enum CancelRestriction : byte
{
    Any,
    OnlyNew,
    OnlyPartiallyFilled,
}

/// <summary>What an exchange of one order for another came to.</summary>
public enum HalfResult : byte
{
    Unknown,
    Success,
    Failure,
    NotAttempted,
}
