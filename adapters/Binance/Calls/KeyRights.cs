namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>What an API key may do, as its owner has set it at the exchange.</summary>
public sealed record KeyRights
{
    /// <summary>Only certain addresses may use it.</summary>
    public bool IpRestrict { get; init; }

    public bool EnableReading { get; init; }

    public bool EnableSpotAndMarginTrading { get; init; }

    public bool EnableWithdrawals { get; init; }
}
