using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The calls that wait for an answer: most with the limit of the silo, some with one of their method's own.</summary>
internal sealed class OutstandingCalls(TimeProvider time, TimeSpan limit, Action<Message> expired) : IDisposable
{
    private readonly TimedCalls _usual = new(time, limit, expired);
    private readonly ConcurrentDictionary<TimeSpan, TimedCalls> _special = new();

    public void Add(Message message) => CallsLike(message).Add(message);

    public void Remove(Message message) => CallsLike(message).Remove(message);

    public List<Message> RemoveAll() => [.. _usual.RemoveAll(), .. _special.Values.SelectMany(calls => calls.RemoveAll())];

    public void Dispose()
    {
        _usual.Dispose();
        foreach (var calls in _special.Values) calls.Dispose();
    }

    private TimedCalls CallsLike(Message message) =>
        message.ResponseTimeout is { } own ? _special.GetOrAdd(own, limit => new TimedCalls(time, limit, expired)) : _usual;
}
