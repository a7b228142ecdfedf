using OrleansTrader.Core.Ports;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Faults;

namespace OrleansTrader.ExchangeSimulator;

/// <summary>
/// An exchange that speaks Binance's protocols, without a network: requests in, answers out. All that it does follows from settings,
/// market, requests and clock, and the market moves up to the clock before anything is answered. Safe for several threads.
/// </summary>
public sealed class SimulatedExchange
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly RestDesk _rest;

    /// <param name="feed">A market whose bars are at hand.</param>
    /// <param name="clock">The exchange's own time, at the start of its market.</param>
    public SimulatedExchange(SimulatorOptions options, IMarketFeed feed, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(clock);
        Options = options;
        _clock = clock;
        Floor = new ExchangeFloor(options, feed, clock.GetUtcNow().UtcDateTime);
        Gatekeeper = new Gatekeeper(Floor);
        _rest = new RestDesk(Floor, Gatekeeper);
        Advance();
    }

    public SimulatorOptions Options { get; }

    /// <summary>The time of the exchange, UTC.</summary>
    public TimeProvider Clock => _clock;

    internal ExchangeFloor Floor { get; }

    internal Gatekeeper Gatekeeper { get; }

    /// <summary>What goes wrong with a request; whoever carries it waits for the delay before it is answered.</summary>
    public Fault Draw(RestRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Do(() => Floor.Faults.Draw(RestDesk.NameOf(request)));
    }

    /// <summary>What the exchange answers; who carries it throws it away when the fault says that the connection breaks.</summary>
    public RestReply Answer(RestRequest request, Fault fault = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Do(() => _rest.Answer(request, fault));
    }

    /// <summary>Plays the market up to the clock.</summary>
    public void Advance() => Do(() => true);

    /// <summary>Does something with the exchange at the moment that the clock shows, and nothing else at the same time.</summary>
    internal T Do<T>(Func<T> action)
    {
        lock (_gate)
        {
            Floor.AdvanceTo(_clock.GetUtcNow().UtcDateTime);
            return action();
        }
    }
}
