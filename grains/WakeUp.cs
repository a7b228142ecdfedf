namespace OrleansTrader.Grains;

/// <summary>Wakes the one who waits for something to happen; anybody may ring, from any thread.</summary>
internal sealed class WakeUp
{
    private volatile TaskCompletionSource _ring = New();

    /// <summary>Completes when it rings, or when it has rung since <see cref="Reset"/>.</summary>
    public Task Rung => _ring.Task;

    public void Ring() => _ring.TrySetResult();

    /// <summary>Before looking at what has happened: what happens after that rings anew, also for who waits already.</summary>
    public void Reset()
    {
        if (_ring.Task.IsCompleted) _ring = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
