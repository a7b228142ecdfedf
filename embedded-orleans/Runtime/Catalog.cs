using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The activations and observers in memory, one for each identity.</summary>
internal sealed class Catalog(Silo silo)
{
    private readonly ConcurrentDictionary<GrainId, MessageTarget> _targets = new();
    private long _activations;

    /// <summary>Oldest first.</summary>
    public IEnumerable<Activation> Activations => _targets.Values.OfType<Activation>().OrderBy(activation => activation.Number);

    /// <summary>The activation that serves the identity, started if there is none.</summary>
    public MessageTarget GetOrActivate(GrainId id)
    {
        if (_targets.TryGetValue(id, out var target)) return target;
        if (id.Type == ObserverTarget.GrainType) throw new OrleansMessageRejectionException($"The reference to the observer {id} was deleted.");
        silo.ThrowIfActivationsAreRefused(id);
        var grainClass = silo.Classes.Of(id);
        var activation = new Activation(id, Interlocked.Increment(ref _activations), grainClass, silo);
        target = _targets.GetOrAdd(id, activation);
        if (ReferenceEquals(target, activation)) activation.Start();
        return target;
    }

    public void Add(ObserverTarget observer) => _targets.TryAdd(observer.GrainId, observer);

    public void Remove(MessageTarget target) => _targets.TryRemove(KeyValuePair.Create(target.GrainId, target));

    public void RemoveObserver(GrainId id) => _targets.TryRemove(id, out _);

    /// <summary>Deactivates what was idle for longer than its class allows.</summary>
    public void CollectIdle()
    {
        foreach (var activation in Activations)
        {
            if (activation.IsStale())
            {
                activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "The activation was idle for longer than its age limit."));
            }
        }
    }

    /// <summary>Deactivates everything and waits until it is gone or the token says that it took too long.</summary>
    public async Task DeactivateAllAsync(CancellationToken cancellationToken)
    {
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is stopping.");
        try
        {
            // More than once, since a call that was let in just before the stop may still start one.
            while (Activations.ToList() is { Count: > 0 } activations)
            {
                foreach (var activation in activations) activation.Deactivate(reason, cancellationToken);
                await Task.WhenAll(activations.Select(activation => activation.Deactivated)).WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            foreach (var activation in Activations)
            {
                silo.Logger.ActivationAbandoned(activation);
                activation.Abandon();
            }
        }
    }
}
