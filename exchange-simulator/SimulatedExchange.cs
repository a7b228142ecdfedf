using OrleansTrader.Core.Ports;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Control;
using OrleansTrader.ExchangeSimulator.Faults;
using OrleansTrader.ExchangeSimulator.Streams;

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
    private readonly ControlDesk _control;

    /// <param name="feed">A market whose bars are at hand.</param>
    /// <param name="clock">The exchange's own time, at the start of its market.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">A setting is not within what is allowed.</exception>
    public SimulatedExchange(SimulatorOptions options, IMarketFeed feed, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(clock);
        SettingsCheck.Judge(options, [.. feed.Symbols.Select(rules => rules.Symbol)]);
        Options = options;
        _clock = clock;
        Floor = new ExchangeFloor(options, feed, clock.GetUtcNow().UtcDateTime);
        Gatekeeper = new Gatekeeper(Floor);
        _rest = new RestDesk(Floor, Gatekeeper);
        Hub = new SessionHub(Floor);
        _control = new ControlDesk(this);
        Advance();
    }

    public SimulatorOptions Options { get; }

    /// <summary>The time of the exchange, UTC.</summary>
    public TimeProvider Clock => _clock;

    /// <summary>True when the market has no bars left: prices stand still from then on.</summary>
    public bool HasEnded => Do(() => Floor.HasEnded);

    /// <summary>Its symbols, in ordinal order.</summary>
    public IReadOnlyCollection<string> Markets => Do(() => Floor.Markets.Keys.ToArray());

    internal ExchangeFloor Floor { get; }

    internal Gatekeeper Gatekeeper { get; }

    internal SessionHub Hub { get; }

    /// <summary>What goes wrong with a request; whoever carries it waits for the delay before it is answered.</summary>
    public Fault Draw(RestRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return IsControl(request) ? default : Do(() => Floor.Faults.Draw(RestDesk.NameOf(request)));
    }

    /// <summary>What the exchange answers; who carries it throws it away when the fault says that the connection breaks.</summary>
    public RestReply Answer(RestRequest request, Fault fault = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Do(() => IsControl(request) ? _control.Answer(request) : _rest.Answer(request, fault));
    }

    /// <summary>
    /// Opens a connection to <c>/ws</c>, <c>/ws/&lt;stream&gt;</c>, <c>/stream</c> or <c>/ws-api/v3</c>; null when it is refused, with the HTTP status that says why.
    /// </summary>
    /// <param name="query">Without the question mark.</param>
    public (IClientSession? Session, int Status) Connect(string path, string query, string ip, IClientLine line)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(line);
        return Do(() => Connecting.Open(this, path, query, ip, line));
    }

    /// <summary>Ends every connection, as an exchange does that goes away.</summary>
    public void Disconnect() => Do(() =>
    {
        Hub.CloseAll(1001, "The exchange goes away.");
        return true;
    });

    /// <summary>Plays the market up to the clock.</summary>
    public void Advance() => Do(() => true);

    private static bool IsControl(RestRequest request) => request.Path.StartsWith(ControlDesk.Root + "/", StringComparison.Ordinal);

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
