namespace Orleans.Runtime;

/// <summary>Calls that wait for an answer, in the order in which they were sent.</summary>
internal sealed class CallList
{
    private readonly Lock _gate = new();
    private Message? _oldest;
    private Message? _newest;

    public void Add(Message message, long sentAt)
    {
        message.Waiting = this;
        message.SentAt = sentAt;
        lock (_gate)
        {
            message.Older = _newest;
            if (_newest is null) _oldest = message;
            else _newest.Newer = message;
            _newest = message;
        }
    }

    public void Remove(Message message)
    {
        lock (_gate) Unlink(message);
    }

    /// <summary>Moves what was sent at that time or before to the others.</summary>
    /// <returns>When the oldest of the rest was sent; null when nothing is left.</returns>
    public long? Take(long until, List<Message> taken)
    {
        lock (_gate)
        {
            while (_oldest is { } message)
            {
                if (message.SentAt > until) return message.SentAt;
                Unlink(message);
                taken.Add(message);
            }

            return null;
        }
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
