namespace OrleansTrader.Core.Risk;

/// <summary>What happens when a watched limit is crossed. Whichever it is, no new position is opened, and entries that still buy are taken back.</summary>
public enum LimitReaction : byte
{
    /// <summary>Nothing beyond that: open positions are led to their end.</summary>
    Refuse,

    /// <summary>The account is paused until its owner starts it.</summary>
    Pause,

    /// <summary>Every position is left at the market.</summary>
    Flatten,
}
