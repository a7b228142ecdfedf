namespace OrleansTrader.ExchangeSimulator.Markets;

/// <summary>What the exchange does with a symbol.</summary>
public enum TradingPhase
{
    Trading,

    /// <summary>Prices come, orders are refused, cancellations are taken.</summary>
    Halt,

    /// <summary>As halted, and no prices come.</summary>
    Break,

    EndOfDay,

    /// <summary>Orders may be taken back and no more.</summary>
    CancelOnly,
}
