namespace Orleans.Runtime;

/// <summary>A timer of an activation; disposing it stops the ticks and signals the token of a running one.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets when the next tick comes and how long after it the ones that follow.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}
