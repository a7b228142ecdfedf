#if !ORLEANS
using Orleans.Embedded;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>Runs one turn at a time, of an activation that the seed picks, when the test says so.</summary>
public sealed class SeededTurns(int seed) : ITurnScheduler
{
    private readonly Random _random = new(seed);
    private readonly List<IThreadPoolWorkItem> _ready = [];
    private readonly Lock _gate = new();

    public int TurnsPerSlice => 1;

    public void Schedule(IThreadPoolWorkItem activation)
    {
        lock (_gate) _ready.Add(activation);
    }

    public void RunAll()
    {
        while (Next() is { } activation) activation.Execute();
    }

    private IThreadPoolWorkItem? Next()
    {
        lock (_gate)
        {
            if (_ready.Count == 0) return null;
            var index = _random.Next(_ready.Count);
            var next = _ready[index];
            _ready.RemoveAt(index);
            return next;
        }
    }
}
#endif
