using System.Collections.Concurrent;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>What grains tell the test, and where they wait for it.</summary>
public sealed class Probe
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _marks = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _log = new();
    private readonly ConcurrentBag<WeakReference> _remembered = [];

    public IReadOnlyList<string> Log => [.. _log];

    /// <summary>Notes that something happened; each mark wakes one who waits for it.</summary>
    public void Mark(string name)
    {
        _log.Enqueue(name);
        Counter(name).Release();
    }

    /// <summary>Waits for the next mark of that name.</summary>
    public Task Seen(string name) => Counter(name).WaitAsync(TestContext.Current.CancellationToken).Soon();

    /// <summary>Waits, in a grain, until the test opens the gate.</summary>
    public Task Gate(string name) => GateOf(name).Task;

    public void Open(string name) => GateOf(name).TrySetResult();

    /// <summary>Follows what becomes of an object without holding it.</summary>
    public void Remember(object thing) => _remembered.Add(new WeakReference(thing));

    /// <summary>How many of the remembered objects are still in memory.</summary>
    public int StillThere()
    {
        GC.Collect();
        return _remembered.Count(thing => thing.IsAlive);
    }

    private SemaphoreSlim Counter(string name) => _marks.GetOrAdd(name, _ => new SemaphoreSlim(0));

    private TaskCompletionSource GateOf(string name) =>
        _gates.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
