namespace OrleansTrader.Core.Risk;

/// <summary>What an account may do. The zero value is the safe one.</summary>
public enum RunState : byte
{
    /// <summary>The strategy does nothing; stops and targets that rest on the exchange stay there and still work.</summary>
    Stopped,

    /// <summary>No new positions; open ones are led to their end, by the strategy too.</summary>
    Paused,

    /// <summary>Trades.</summary>
    Running,
}
