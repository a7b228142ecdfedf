namespace OrleansTrader.Adapters.Binance.Limits;

/// <summary>Which requests go first when there is not room for all, and how far each may use up a limit.</summary>
public enum RequestRank : byte
{
    /// <summary>Ends everything: the kill switch. May use a limit up.</summary>
    Kill,

    /// <summary>Leaves or protects a position, or finds out about an order.</summary>
    Exit,

    /// <summary>Opens a position.</summary>
    Entry,

    /// <summary>Looks at the market.</summary>
    Data,
}
