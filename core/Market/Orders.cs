namespace OrleansTrader.Core.Market;

/// <summary>The direction of an order.</summary>
public enum OrderSide : byte
{
    None,
    Buy,
    Sell,
}

/// <summary>How an order meets the market.</summary>
public enum OrderType : byte
{
    None,

    /// <summary>At the next price there is.</summary>
    Market,

    /// <summary>At the limit price or better.</summary>
    Limit,

    /// <summary>At the market once the stop price trades.</summary>
    Stop,

    /// <summary>A limit (target) and a stop, of which one cancels the other.</summary>
    Oco,
}

/// <summary>Why the account placed an order; exits and protection go before entries.</summary>
public enum OrderPurpose : byte
{
    None,
    Entry,
    Exit,
    Protection,

    /// <summary>Sells a part of a position; the rest stays.</summary>
    Reduction,
}

/// <summary>The leg of a one-cancels-the-other pair that a report speaks of.</summary>
public enum OcoLeg : byte
{
    None,
    Stop,
    Target,
}
