using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>When a grain timer ticks and how its ticks relate to requests.</summary>
[method: SetsRequiredMembers]
public readonly struct GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
{
    /// <summary>Time to the first tick; zero queues it at once, infinite never.</summary>
    public required TimeSpan DueTime { get; init; } = dueTime;

    /// <summary>Time from the end of a tick to the next; infinite or zero means a single tick.</summary>
    public required TimeSpan Period { get; init; } = period;

    /// <summary>Ticks run between the awaits of requests instead of after them. Default false.</summary>
    public bool Interleave { get; init; }

    /// <summary>Ticks count as use of the activation. Default false.</summary>
    public bool KeepAlive { get; init; }
}
