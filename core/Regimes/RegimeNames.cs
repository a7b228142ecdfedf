namespace OrleansTrader.Core.Regimes;

/// <summary>Regimes in words.</summary>
public static class RegimeNames
{
    public static string Describe(this MarketRegime regime) => regime switch
    {
        MarketRegime.TrendingUp => "trending up",
        MarketRegime.TrendingDown => "trending down",
        MarketRegime.Ranging => "ranging",
        MarketRegime.Volatile => "volatile",
        MarketRegime.Quiet => "quiet",
        _ => "unknown",
    };
}
