namespace OrleansTrader.ExchangeSimulator.Markets;

/// <summary>Which extreme of a bar the price meets first.</summary>
public enum BarPath
{
    /// <summary>The low, so that who holds meets the stop before the target, as in core's matching engine.</summary>
    LowFirst,

    HighFirst,

    /// <summary>The low in a rising bar, the high in a falling one.</summary>
    ByClose,
}
