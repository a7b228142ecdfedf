namespace Orleans.Embedded;

/// <summary>Runs activations in parallel on the thread pool.</summary>
internal sealed class ThreadPoolTurnScheduler : ITurnScheduler
{
    public int TurnsPerSlice => 32;

    public void Schedule(IThreadPoolWorkItem activation) => ThreadPool.UnsafeQueueUserWorkItem(activation, preferLocal: true);
}
