using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The calls that wait for an answer: most with the limit of the silo, some with one of their method's own.</summary>
internal sealed class OutstandingCalls(Silo silo, TimeSpan limit, Action<Message> expired) : IDisposable
{
    private readonly TimedCalls _usual = new(silo, limit, expired);
    private readonly ConcurrentDictionary<TimeSpan, TimedCalls> _special = new();

    public void Add(Message message)
    {
        var calls = message.ResponseTimeout is { } own ? _special.GetOrAdd(own, limit => new TimedCalls(silo, limit, expired)) : _usual;
        calls.Add(message);
    }

    public List<Message> RemoveAll() => [.. _usual.RemoveAll(), .. _special.Values.SelectMany(calls => calls.RemoveAll())];

    public void Dispose()
    {
        _usual.Dispose();
        foreach (var calls in _special.Values) calls.Dispose();
    }
}
