using Orleans.Runtime;

namespace Orleans;

/// <summary>What the runtime needs of a grain class: its context and the two ends of its life.</summary>
public interface IGrainBase
{
    IGrainContext GrainContext { get; }

    /// <summary>Runs before the first request; a failure reaches every waiting caller.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs after the last request, unless the process dies first.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
