using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Streams;

/// <summary>All connections, and the streams that somebody listens to.</summary>
internal sealed class SessionHub
{
    private readonly ExchangeFloor _floor;
    private readonly List<Session> _sessions = [];
    private readonly SortedDictionary<string, StreamSource> _sources = new(StringComparer.Ordinal);

    public SessionHub(ExchangeFloor floor)
    {
        _floor = floor;
        floor.Moved = (market, trade) =>
        {
            if (trade is { } traded) Traded(market, traded);
        };
        floor.Taking.Traded = Traded;
        floor.Passed = Passed;
        floor.Concluded = Changed;
        floor.Feed.Told = Told;
    }

    public IReadOnlyList<Session> Sessions => _sessions;

    public void Add(Session session) => _sessions.Add(session);

    public void Remove(Session session)
    {
        _sessions.Remove(session);
        if (session is not StreamSession stream) return;
        foreach (var name in stream.Names.ToArray()) Leave(stream, name);
    }

    /// <summary>False when there is no such stream.</summary>
    public bool TryJoin(StreamSession session, string name)
    {
        if (!_sources.TryGetValue(name, out var source))
        {
            if (StreamCatalog.Make(_floor, name) is not { } made) return false;
            _sources[name] = source = made;
        }

        if (!source.Listeners.Contains(session)) source.Listeners.Add(session);
        return true;
    }

    public void Leave(StreamSession session, string name)
    {
        if (!_sources.TryGetValue(name, out var source)) return;
        source.Listeners.Remove(session);
        if (source.Listeners.Count == 0) _sources.Remove(name);
    }

    /// <summary>Tells every connection that the exchange is about to go down.</summary>
    public void TellShutdown()
    {
        foreach (var session in _sessions) session.TellShutdown();
    }

    /// <summary>Ends every connection.</summary>
    public void CloseAll(int code, string reason)
    {
        foreach (var session in _sessions.ToArray()) session.Close(code, reason);
    }

    private void Told(Account account, Action<Wire> write, bool isListStatus)
    {
        foreach (var session in _sessions)
            if (session is ApiSession api)
                api.Tell(account, write, isListStatus);
    }

    private void Traded(SymbolMarket market, MarketTrade trade)
    {
        foreach (var source in _sources.Values)
            if (source.Market == market)
                source.Traded(in trade);
    }

    private void Changed()
    {
        foreach (var session in _sessions)
            if (session is ApiSession api)
                api.TellKept();
        foreach (var source in _sources.Values) source.Changed();
    }

    private void Passed()
    {
        foreach (var source in _sources.Values) source.Passed(_floor.Time.Now);
        for (var i = _sessions.Count - 1; i >= 0; i--) _sessions[i].Passed(_floor.Time.Now);
    }
}
