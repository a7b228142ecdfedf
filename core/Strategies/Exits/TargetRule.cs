namespace OrleansTrader.Core.Strategies.Exits;

/// <summary>Where a target lies.</summary>
public enum TargetRule : byte
{
    /// <summary>Where the strategy puts it.</summary>
    Strategy,

    /// <summary>A multiple of the way down to the stop above the close.</summary>
    Risk,

    /// <summary>Nowhere: the stop alone ends the trade, or the strategy.</summary>
    None,
}
