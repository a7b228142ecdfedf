using System.Runtime.ExceptionServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Grains;

/// <summary>What is under way to a live exchange: one thing at a time for each symbol, so that a request which hangs holds up no other symbol, and no decision.</summary>
/// <param name="ended">Called when something has come to its end; must not wait.</param>
internal sealed class RequestLines(Action ended)
{
    private readonly Dictionary<string, OrderRequest> _busy = new(StringComparer.Ordinal);
    private readonly WakeUp _end = new();
    private ExceptionDispatchInfo? _failure;

    public int Count => _busy.Count;

    /// <summary>How much was begun so far.</summary>
    public long Begun { get; private set; }

    public bool IsFree(string symbol) => !_busy.ContainsKey(symbol);

    /// <summary>True while it is sent or asked about.</summary>
    public bool Has(OrderRequest request) => _busy.TryGetValue(request.Symbol, out var busy) && busy.OrderId == request.OrderId && busy.Kind == request.Kind;

    /// <param name="request">What the job sends or asks about.</param>
    public void Start(OrderRequest request, Func<Task> job)
    {
        Begun++;
        _busy.Add(request.Symbol, request);
        _ = RunAsync(request.Symbol, job);
    }

    /// <summary>Fails as what has failed since it was asked for last.</summary>
    public void ThrowIfFailed()
    {
        var failure = _failure;
        _failure = null;
        failure?.Throw();
    }

    /// <summary>Waits until something that is under way has ended, however; not at all when nothing is.</summary>
    public Task NextEndAsync()
    {
        if (Count == 0) return Task.CompletedTask;
        _end.Reset();
        return _end.Rung;
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
