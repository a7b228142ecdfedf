namespace OrleansTrader.Core.Backtesting;

/// <summary>Counts the bars of a run, tells of them about a hundred times, and looks whether the run is still wanted.</summary>
/// <param name="total">Bars of the whole run.</param>
/// <param name="report">Told the bars done; null when nobody listens.</param>
internal sealed class RunProgress(long total, Action<long>? report, CancellationToken cancellation)
{
    private const int Reports = 100;

    private readonly long _stride = Math.Max(1, total / Reports);
    private long _done;
    private long _next = Math.Max(1, total / Reports);

    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void Add(long bars)
    {
        cancellation.ThrowIfCancellationRequested();
        _done += bars;
        if (_done < _next) return;
        _next = _done + _stride;
        report?.Invoke(_done);
    }
}
