using System.Runtime.ExceptionServices;

namespace OrleansTrader.Grains;

/// <summary>What is under way to a live exchange: one thing at a time for each symbol, so that a request which hangs holds up no other symbol.</summary>
internal sealed class RequestLines
{
    private readonly HashSet<string> _busy = new(StringComparer.Ordinal);
    private readonly WakeUp _stir = new();
    private ExceptionDispatchInfo? _failure;

    public bool IsBusy => _busy.Count > 0;

    public bool IsFree(string symbol) => !_busy.Contains(symbol);

    public void Start(string symbol, Func<Task> job)
    {
        _busy.Add(symbol);
        _ = RunAsync(symbol, job);
    }

    /// <summary>Something has come to its end, or waits to be begun; from any thread.</summary>
    public void Stir() => _stir.Ring();

    /// <summary>Waits until something stirs, and fails as what has failed since.</summary>
    public async Task StirredAsync()
    {
        await _stir.Rung;
        _stir.Reset();
        ThrowIfFailed();
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
        while (IsBusy)
        {
            await _stir.Rung;
            _stir.Reset();
        }

        _failure = null;
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
        Stir();
    }
}
