namespace OrleansTrader.Silo.Settings;

/// <summary>The exchange that market and account are at.</summary>
/// <param name="Address">Host and port, where the settings name them; null for Binance's own.</param>
public sealed record ExchangePlace(ExchangeKind Kind, string? Address)
{
    /// <summary>What orders there cost, in words.</summary>
    public string Money => Kind == ExchangeKind.Production ? "real money" : "play money";

    /// <summary>How an account there that sends its orders is announced.</summary>
    public string LiveTitle => Kind switch
    {
        ExchangeKind.Rehearsal => $"REHEARSAL of live mode at {Address}, with play money",
        ExchangeKind.Testnet => "TESTNET, live mode with play money",
        ExchangeKind.Demo => "DEMO, live mode with play money",
        _ when Address is not null => $"LIVE, with real money at {Address}",
        _ => "LIVE, with real money",
    };
}
