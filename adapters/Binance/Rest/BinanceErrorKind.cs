namespace OrleansTrader.Adapters.Binance.Rest;

/// <summary>What stands between a request and its answer, by what is to be done about it.</summary>
public enum BinanceErrorKind : byte
{
    /// <summary>It was sent, and no answer came.</summary>
    NoAnswer,

    /// <summary>The exchange failed, or does not know itself what became of it (5xx, -1000, -1001, -1006, -1007).</summary>
    ServerFailed,

    /// <summary>There was an answer that is none.</summary>
    Unreadable,

    /// <summary>No connection came about; nothing was sent.</summary>
    Unreachable,

    /// <summary>The caller gave up before it was sent.</summary>
    NotSent,

    /// <summary>The API key has not the form of one (-2014).</summary>
    BadKey,

    /// <summary>The API key, its permissions or the address from which it is used (-2015, 401).</summary>
    KeyRefused,

    /// <summary>The signature does not fit the key (-1022).</summary>
    BadSignature,

    /// <summary>The clock of this machine, or a request that was too long on its way (-1021; -1102 where it is more than 10 s ahead).</summary>
    WrongClock,

    /// <summary>The exchange's firewall (403).</summary>
    Blocked,

    /// <summary>Too many requests (429).</summary>
    TooManyRequests,

    /// <summary>Too many orders of this account (-1015).</summary>
    TooManyOrders,

    /// <summary>This address is banned for a while (418).</summary>
    Banned,

    /// <summary>The exchange has too much to do (-1008).</summary>
    Overloaded,

    /// <summary>Of cancelling one order and placing another only one half was done (409).</summary>
    HalfDone,

    /// <summary>The exchange refused what was asked; asking the same again changes nothing.</summary>
    Rejected,
}
