namespace OrleansTrader.Adapters.Binance;

/// <summary>Which of its exchanges Binance is asked at.</summary>
public enum BinancePlace : byte
{
    /// <summary>With real money.</summary>
    Production,

    /// <summary>With play money and order books of its own, wiped about once a month.</summary>
    Testnet,

    /// <summary>With play money at prices like those of production.</summary>
    Demo,
}
