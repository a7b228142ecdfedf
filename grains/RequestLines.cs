using System.Runtime.ExceptionServices;

namespace OrleansTrader.Grains;

/// <summary>What is under way to a live exchange: one thing at a time for each symbol, so that a request which hangs holds up no other symbol, and no decision.</summary>
/// <param name="ended">Called when something has come to its end; must not wait.</param>
internal sealed class RequestLines(Action ended)
{
    private readonly HashSet<string> _busy = new(StringComparer.Ordinal);
    private readonly WakeUp _end = new();
    private ExceptionDispatchInfo? _failure;

    public int Count => _busy.Count;

    /// <summary>How much was begun so far.</summary>
    public long Begun { get; private set; }

    public bool IsFree(string symbol) => !_busy.Contains(symbol);

    public void Start(string symbol, Func<Task> job)
    {
        Begun++;
        _busy.Add(symbol);
        _ = RunAsync(symbol, job);
    }

    /// <summary>Fails as what has failed since it was asked for last.</summary>
    public void ThrowIfFailed()
    {
        var failure = _failure;
        _failure = null;
        failure?.Throw();
    }

    /// <summary>Waits for everything that is under way, however it ends.</summary>
    public async Task EndedAsync()
    {
        while (Count > 0)
        {
            _end.Reset();
            await _end.Rung;
        }
    }

    private async Task RunAsync(string symbol, Func<Task> job)
    {
        try
        {
            await job();
        }
        catch (Exception failed)
        {
            _failure ??= ExceptionDispatchInfo.Capture(failed);
        }

        _busy.Remove(symbol);
        _end.Ring();
        ended();
    }
}
