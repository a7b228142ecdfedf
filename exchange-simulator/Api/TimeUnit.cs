namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>In which unit an answer writes moments.</summary>
public enum TimeUnit
{
    Millisecond,
    Microsecond,
}
