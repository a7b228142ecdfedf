namespace Orleans.Embedded;

/// <summary>
/// Decides when and on which thread activations run. The runtime offers each activation that has something to do, exactly once
/// until it ran; everything in the silo that executes grain code passes here.
/// </summary>
public interface ITurnScheduler
{
    /// <summary>How many turns an activation may run before it is offered again; 1 exposes every interleaving.</summary>
    int TurnsPerSlice { get; }

    /// <summary>True when all turns run on one thread, and answers must not leave it: who waits for one continues without the thread pool.</summary>
    bool IsSingleThreaded => false;

    /// <summary>Takes an activation that has turns to run. Must not run it before returning.</summary>
    void Schedule(IThreadPoolWorkItem activation);
}
