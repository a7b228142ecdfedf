namespace OrleansTrader.GrainInterfaces;

/// <summary>What became of a control command. The zero value is the unsafe one.</summary>
public enum ControlOutcome : byte
{
    /// <summary>It could not be written down, so it does not hold.</summary>
    Failed,
    Done,

    /// <summary>It was so already.</summary>
    Unchanged,
}
