namespace OrleansTrader.Core.Risk;

/// <summary>
/// What happens when a watched limit is crossed, or when another refuses an entry. Whichever it is, the entry is refused; a watched
/// limit, a pause and a flattening also take back entries that still buy.
/// </summary>
public enum LimitReaction : byte
{
    /// <summary>Nothing beyond that: open positions are led to their end.</summary>
    Refuse,

    /// <summary>The account is paused until its owner starts it.</summary>
    Pause,

    /// <summary>Every position is left at the market.</summary>
    Flatten,
}
