namespace Orleans.Runtime;

/// <summary>
/// The calls that wait for an answer with the same time limit, oldest first: one timer, set for the oldest, serves them all.
/// </summary>
internal sealed class TimedCalls : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly Action<Message> _expired;
    private readonly ITimer _timer;
    private Message? _oldest;
    private Message? _newest;
    private bool _armed;

    public TimedCalls(TimeProvider time, TimeSpan limit, Action<Message> expired)
    {
        _time = time;
        _limit = limit;
        _expired = expired;
        _timer = time.CreateTimer(static self => ((TimedCalls)self!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(Message message)
    {
        bool arm;
        lock (_gate)
        {
            message.SentAt = _time.GetTimestamp();
            message.Older = _newest;
            if (_newest is null) _oldest = message;
            else _newest.Newer = message;
            _newest = message;
            arm = !_armed && _limit != Timeout.InfiniteTimeSpan;
            _armed = true;
        }

        if (arm) _timer.Change(_limit, Timeout.InfiniteTimeSpan);
    }

    public void Remove(Message message)
    {
        lock (_gate) Unlink(message);
    }

    public List<Message> RemoveAll()
    {
        lock (_gate)
        {
            var all = new List<Message>();
            while (_oldest is { } message)
            {
                Unlink(message);
                all.Add(message);
            }

            return all;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Expire()
    {
        var expired = new List<Message>();
        TimeSpan? next = null;
        lock (_gate)
        {
            while (_oldest is { } message)
            {
                var left = _limit - _time.GetElapsedTime(message.SentAt);
                if (left > TimeSpan.Zero)
                {
                    next = left;
                    break;
                }

                Unlink(message);
                expired.Add(message);
            }

            _armed = next is not null;
        }

        // Timers count whole milliseconds and would otherwise fire just too early, again and again.
        if (next is { } due) _timer.Change(due + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);

        // Newest first: a call that waits behind its own caller must be void before that caller resumes and lets it in.
        for (var i = expired.Count - 1; i >= 0; i--) _expired(expired[i]);
    }

    private void Unlink(Message message)
    {
        if (message.Older is null && message.Newer is null && !ReferenceEquals(_oldest, message)) return;
        if (message.Older is null) _oldest = message.Newer;
        else message.Older.Newer = message.Newer;
        if (message.Newer is null) _newest = message.Older;
        else message.Newer.Older = message.Older;
        message.Older = message.Newer = null;
    }
}
