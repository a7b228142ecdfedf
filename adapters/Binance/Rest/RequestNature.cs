namespace OrleansTrader.Adapters.Binance.Rest;

/// <summary>What a request does, and so what may be done when nobody knows what became of it. The zero value is the unsafe one.</summary>
public enum RequestNature : byte
{
    /// <summary>Opens orders: must not be sent twice.</summary>
    Order,

    /// <summary>Cancels: may be sent again.</summary>
    Cancel,

    /// <summary>Changes nothing: may be sent again.</summary>
    Read,
}
