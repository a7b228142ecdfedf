namespace OrleansTrader.Core.Risk;

/// <summary>Who has set limits.</summary>
public enum LimitsOrigin : byte
{
    /// <summary>The settings with which the service was started.</summary>
    Settings,

    /// <summary>The owner, while it ran.</summary>
    Owner,
}
