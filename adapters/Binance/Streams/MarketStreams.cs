using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Binance.Limits;

namespace OrleansTrader.Adapters.Binance.Streams;

/// <summary>
/// The market streams that are wanted, on as many connections as they need. Connections renew themselves without a gap; where there was
/// one, the listener is told.
/// </summary>
/// <param name="budget">Of the address from which connections leave; shared with the requests.</param>
public sealed class MarketStreams(IMarketListener listener, BinanceOptions options, StreamOptions streams, RateGate budget, TimeProvider time, ILogger log) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<MarketLine> _lines = [];
    private readonly OneAtATime _listener = new(listener);

    /// <summary>True while every stream has a connection that lives; false without streams.</summary>
    public bool IsConnected
    {
        get
        {
            lock (_gate) return _lines.Count > 0 && _lines.TrueForAll(line => line.IsUp);
        }
    }

    /// <summary>Asks for streams; those that there are already stay as they are.</summary>
    public void Subscribe(params IEnumerable<StreamName> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        lock (_gate)
        {
            foreach (var name in names)
            {
                if (_lines.Exists(line => line.Has(name))) continue;
                if (_lines.Find(line => line.Count < streams.MostStreams) is not { } room) _lines.Add(room = new MarketLine(_listener, options, streams, budget, time, log));
                room.Add(name);
            }
        }
    }

    /// <summary>Gives streams up; those that there are not are passed over.</summary>
    public void Unsubscribe(params IEnumerable<StreamName> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        lock (_gate)
        {
            foreach (var name in names) _lines.Find(line => line.Has(name))?.Remove(name);
        }
    }

    /// <summary>Replaces the connection of a stream that has fallen silent, without a gap for the others.</summary>
    public void Renew(StreamName name)
    {
        lock (_gate) _lines.Find(line => line.Has(name))?.Renew();
    }

    /// <summary>How long ago a stream brought its last message; null when it never did or is not wanted.</summary>
    public TimeSpan? AgeOf(StreamName name)
    {
        lock (_gate) return _lines.Find(line => line.Has(name))?.AgeOf(name);
    }

    public async ValueTask DisposeAsync()
    {
        List<MarketLine> lines;
        lock (_gate)
        {
            lines = [.. _lines];
            _lines.Clear();
        }

        foreach (var line in lines) await line.DisposeAsync();
    }
}
