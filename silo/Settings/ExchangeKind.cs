namespace OrleansTrader.Silo.Settings;

/// <summary>Whose money an exchange takes.</summary>
public enum ExchangeKind
{
    /// <summary>Real money, or nobody knows better.</summary>
    Production,

    /// <summary>Binance's test network, with play money.</summary>
    Testnet,

    /// <summary>Binance's demo, with play money.</summary>
    Demo,

    /// <summary>The exchange to rehearse at, on this machine.</summary>
    Rehearsal,
}
