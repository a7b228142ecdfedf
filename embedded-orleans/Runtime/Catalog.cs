using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The activations and observers in memory, by identity.</summary>
internal sealed class Catalog(Silo silo)
{
    private readonly ConcurrentDictionary<GrainId, IRecipient> _recipients = new();
    private long _activations;

    /// <summary>Oldest first.</summary>
    public IEnumerable<Activation> Activations => _recipients.Values.SelectMany(ActivationsOf).OrderBy(activation => activation.Number);

    /// <summary>What serves the identity that the message is for, started if there is nothing.</summary>
    public IRecipient RecipientOf(Message message)
    {
        var id = message.TargetId;
        if (_recipients.TryGetValue(id, out var recipient)) return recipient;
        if (id.Type == ObserverTarget.GrainType) throw new OrleansMessageRejectionException($"The reference to the observer {id} was deleted.");
        silo.ThrowIfActivationsAreRefused(id);
        var grainClass = silo.Classes.Of(id);
        if (grainClass.MaxLocalWorkers > 0) return _recipients.GetOrAdd(id, new StatelessWorkers(id, grainClass, silo));
        var activation = Create(id, grainClass, workers: null);
        recipient = _recipients.GetOrAdd(id, activation);
        if (ReferenceEquals(recipient, activation)) activation.Start(message.RequestContext);
        return recipient;
    }

    public Activation Create(GrainId id, GrainClass grainClass, StatelessWorkers? workers) =>
        new(id, Interlocked.Increment(ref _activations), grainClass, silo, workers);

    public void Add(ObserverTarget observer) => _recipients.TryAdd(observer.GrainId, observer);

    public void Remove(Activation activation)
    {
        if (activation.Workers is not { } workers) Remove((IRecipient)activation);
        else if (workers.Remove(activation)) Remove(workers);
    }

    public void Remove(IRecipient recipient) => _recipients.TryRemove(KeyValuePair.Create(recipient.GrainId, recipient));

    public void RemoveObserver(GrainId id) => _recipients.TryRemove(id, out _);

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

    private static IEnumerable<Activation> ActivationsOf(IRecipient recipient) => recipient switch
    {
        Activation activation => [activation],
        StatelessWorkers workers => workers.Workers,
        _ => [],
    };
}
