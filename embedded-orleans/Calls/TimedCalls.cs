using System.Numerics;

namespace Orleans.Runtime;

/// <summary>
/// The calls that wait for an answer with the same time limit: one timer, set for the oldest, serves them all. Each processor has
/// a list of its own, since every call is added and removed.
/// </summary>
internal sealed class TimedCalls : IDisposable
{
    private readonly CallList[] _lists;
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly long _limitInTimestamps;
    private readonly Action<Message> _expired;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private volatile bool _armed;

    public TimedCalls(Silo silo, TimeSpan limit, Action<Message> expired)
    {
        _time = silo.Time;
        _limit = limit;
        _limitInTimestamps = (long)(limit.Ticks * ((double)_time.TimestampFrequency / TimeSpan.TicksPerSecond));
        _expired = expired;
        // On one thread the order of everything is given, and no list may depend on the processor.
        var lists = silo.Turns.IsSingleThreaded ? 1 : BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount);
        _lists = [.. Enumerable.Range(0, (int)lists).Select(_ => new CallList())];
        _armed = limit == Timeout.InfiniteTimeSpan;
        _timer = _time.CreateTimer(static self => ((TimedCalls)self!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(Message message)
    {
        _lists[Thread.GetCurrentProcessorId() & (_lists.Length - 1)].Add(message, _time.GetTimestamp());
        if (!_armed) Arm(_limit, anew: false);
    }

    public List<Message> RemoveAll()
    {
        var all = new List<Message>();
        foreach (var list in _lists) list.Take(long.MaxValue, all);
        return all;
    }

    public void Dispose() => _timer.Dispose();

    private void Expire()
    {
        // Before the lists are read: a call that is added behind the reading finds no timer and sets it.
        lock (_gate) _armed = false;
        var now = _time.GetTimestamp();
        var expired = new List<Message>();
        long? oldest = null;
        foreach (var list in _lists)
        {
            if (list.Take(now - _limitInTimestamps, expired) is { } left && !(oldest <= left)) oldest = left;
        }

        // Timers count whole milliseconds and would otherwise fire just too early, again and again.
        if (oldest is { } next) Arm(_limit - _time.GetElapsedTime(next, now) + TimeSpan.FromMilliseconds(1), anew: true);

        // Newest first: a call that waits behind its own caller must be void before that caller resumes and lets it in.
        foreach (var message in Enumerable.Reverse(expired).OrderByDescending(message => message.SentAt)) _expired(message);
    }

    private void Arm(TimeSpan due, bool anew)
    {
        lock (_gate)
        {
            if (_armed && !anew) return;
            _armed = true;
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }
}
