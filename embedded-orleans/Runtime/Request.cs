namespace Orleans.Runtime;

/// <summary>A turn that the request queue admits: a call or a timer tick. It ends, possibly after many awaits, with <see cref="MessageTarget.Completed"/>.</summary>
internal abstract class Request : ITurn
{
    /// <summary>The next one in the queue that this request waits in.</summary>
    public Request? Next { get; set; }

    /// <summary>Runs beside anything.</summary>
    public abstract bool AlwaysInterleave { get; }

    /// <summary>Runs beside other read-only requests.</summary>
    public abstract bool ReadOnly { get; }

    /// <summary>The chain of calls that it belongs to and may come back on; empty when there is none.</summary>
    public virtual Guid ReentrancyId => Guid.Empty;

    /// <summary>Counts as use of the activation.</summary>
    public abstract bool KeepsAlive { get; }

    public abstract void Execute();
}
