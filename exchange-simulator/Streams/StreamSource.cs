using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Streams;

/// <summary>A stream that somebody listens to.</summary>
/// <param name="market">Null for a stream of all symbols.</param>
internal abstract class StreamSource(ExchangeFloor floor, string name, SymbolMarket? market)
{
    public string Name => name;

    public SymbolMarket? Market => market;

    /// <summary>Of a stream of one symbol.</summary>
    protected SymbolMarket Own => market!;

    public List<StreamSession> Listeners { get; } = [];

    protected ExchangeFloor Floor => floor;

    /// <summary>There was a trade in its symbol.</summary>
    public virtual void Traded(in MarketTrade trade)
    {
    }

    /// <summary>Prices or books may be others than before.</summary>
    public virtual void Changed()
    {
    }

    /// <summary>Time has gone on, and nothing else has happened yet at this moment.</summary>
    public virtual void Passed(DateTime now)
    {
    }

    /// <param name="write">The message whole.</param>
    protected void Tell(Action<Wire> write)
    {
        foreach (var listener in Listeners) listener.Tell(name, write);
    }
}

/// <summary>A stream that speaks at fixed times.</summary>
internal abstract class TimedSource(ExchangeFloor floor, string name, SymbolMarket? market, TimeSpan period) : StreamSource(floor, name, market)
{
    private long _spoken = floor.Time.Now.Ticks / period.Ticks;

    public override void Passed(DateTime now)
    {
        var beat = now.Ticks / period.Ticks;
        if (beat == _spoken) return;
        _spoken = beat;
        Speak(now);
    }

    protected abstract void Speak(DateTime now);
}
