namespace Orleans.Runtime;

/// <summary>The activations that share the calls of one stateless worker: a new one whenever all are busy, up to the maximum of their class.</summary>
internal sealed class StatelessWorkers(GrainId id, GrainClass grainClass, Silo silo) : IRecipient
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];
    private bool _hasEnded;

    public GrainId GrainId => id;

    /// <summary>Those of this moment.</summary>
    public IReadOnlyList<Activation> Workers
    {
        get
        {
            lock (_gate) return [.. _workers];
        }
    }

    public bool TryReceive(Message message)
    {
        lock (_gate)
        {
            while (!_hasEnded)
            {
                var worker = Choose(message);
                if (worker.TryReceive(message)) return true;
                _workers.Remove(worker);
            }

            return false;
        }
    }

    /// <summary>True when it was the last one, and a later call needs workers anew.</summary>
    public bool Remove(Activation worker)
    {
        lock (_gate)
        {
            _workers.Remove(worker);
            return _hasEnded = _workers.Count == 0;
        }
    }

    private Activation Choose(Message message)
    {
        var least = _workers.MinBy(worker => worker.Load);
        if (least is not null && (least.Load == 0 || _workers.Count >= grainClass.MaxLocalWorkers)) return least;
        var worker = silo.Catalog.Create(id, grainClass, this);
        _workers.Add(worker);
        worker.Start(message.RequestContext);
        return worker;
    }
}
