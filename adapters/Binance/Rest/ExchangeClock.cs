namespace OrleansTrader.Adapters.Binance.Rest;

/// <summary>
/// What the exchange's clock shows, measured by asking it: half of the round trip after it answered. From then on the steady clock of
/// this machine counts on, so that setting its wall clock changes nothing.
/// </summary>
/// <remarks>May be used by several threads at once. Before the first measurement it shows the wall clock.</remarks>
public sealed class ExchangeClock(TimeProvider clock)
{
    /// <summary>After this long it should be measured anew: clocks of machines drift by some 100 ms an hour at the worst.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(30);

    // The steady clock may stand while the machine sleeps; the wall clock does not.
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(1);

    private volatile Measurement? _last;

    /// <summary>UTC at the exchange.</summary>
    public DateTime Now => _last is { } last ? last.Exchange + clock.GetElapsedTime(last.At) : clock.GetUtcNow().UtcDateTime;

    /// <summary>Since 1970, as requests bear it, ms.</summary>
    public long NowMilliseconds => new DateTimeOffset(Now).ToUnixTimeMilliseconds();

    /// <summary>How far the exchange's clock is ahead of the wall clock here; below zero when behind.</summary>
    public TimeSpan Offset => Now - clock.GetUtcNow().UtcDateTime;

    /// <summary>The most by which <see cref="Now"/> was wrong when it was measured: half of the round trip; null before.</summary>
    public TimeSpan? Uncertainty => _last?.Uncertainty;

    /// <summary>True before the first measurement, when the last one is old, and when this machine slept or its clock was set.</summary>
    public bool IsDoubtful =>
        _last is not { } last
        || clock.GetElapsedTime(last.At) > GoodFor
        || (clock.GetUtcNow().UtcDateTime - last.Wall - clock.GetElapsedTime(last.At)).Duration() > Jump;

    /// <summary>Takes the best of several measurements made in a row, the one with the shortest round trip.</summary>
    /// <param name="asked">Time stamp of the steady clock before the request.</param>
    /// <param name="answered">Time stamp of the steady clock after the answer.</param>
    /// <param name="exchange">What the exchange said, UTC.</param>
    /// <param name="isFirst">True for the first of a row, which replaces what was known before.</param>
    public void Measure(long asked, long answered, DateTime exchange, bool isFirst)
    {
        var half = clock.GetElapsedTime(asked, answered) / 2;
        if (!isFirst && _last is { } last && last.Uncertainty <= half) return;
        var wall = clock.GetUtcNow().UtcDateTime - clock.GetElapsedTime(answered);
        _last = new Measurement(answered, exchange + half, wall, half);
    }

    /// <param name="At">Time stamp of the steady clock.</param>
    private sealed record Measurement(long At, DateTime Exchange, DateTime Wall, TimeSpan Uncertainty);
}
