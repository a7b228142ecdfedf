namespace OrleansTrader.GrainInterfaces;

/// <summary>How a step, or a stage of it, went. The zero value is the unsafe one.</summary>
public enum StepOutcome : byte
{
    /// <summary>It failed; the account stands as its journal says, and the same step can be tried again.</summary>
    Failed,

    /// <summary>Done.</summary>
    Done,

    /// <summary>The market has no further bars yet.</summary>
    Waiting,

    /// <summary>The market has ended.</summary>
    Ended,
}
