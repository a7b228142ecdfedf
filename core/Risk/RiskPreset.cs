namespace OrleansTrader.Core.Risk;

/// <summary>Limits that fit together; single values may be set beside them.</summary>
public enum RiskPreset : byte
{
    /// <summary>Small positions, and little may be lost before the account rests.</summary>
    Careful,
    Balanced,
    Bold,

    /// <summary>Only what <see cref="RiskLimits"/> has by itself: sizes and counts, no limit on losses.</summary>
    None,
}
