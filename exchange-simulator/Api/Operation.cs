using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Limits;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>Who may ask.</summary>
internal enum Security
{
    None,

    /// <summary>Signed, with a key that may read.</summary>
    UserData,

    /// <summary>Signed, with a key that may trade.</summary>
    Trade,
}

/// <summary>One thing that can be asked of the exchange, by REST and on the WebSocket API alike.</summary>
/// <param name="Name">On the WebSocket API, such as <c>order.place</c>; empty when it has none.</param>
/// <param name="Path">Of REST; empty when it has none.</param>
/// <param name="Names">Of all parameters, those of the signature apart.</param>
/// <param name="Prepare">Reads the parameters, and gives back what does and writes it.</param>
internal sealed record Operation(string Name, string Verb, string Path, Security Security, Func<Parameters, int> Weight, IReadOnlySet<string> Names, Func<Call, Action<Wire>> Prepare)
{
    /// <summary>How many orders it places.</summary>
    public int Orders { get; init; }

    /// <summary>It costs nothing when it succeeds.</summary>
    public bool IsFreeOnSuccess { get; init; }

    /// <summary>Whether there is room for its orders is its own business.</summary>
    public bool JudgesOrdersItself { get; init; }

    /// <summary>Its answer carries how many orders were counted.</summary>
    public bool TellsOrders => Orders > 0;
}

/// <summary>A request whose asker is known.</summary>
internal sealed class Call(ExchangeFloor floor, Parameters parameters, string ip, bool isWebSocket)
{
    public ExchangeFloor Floor => floor;

    public Parameters Parameters => parameters;

    public string Ip => ip;

    public bool IsWebSocket => isWebSocket;

    public KeyOptions? Key { get; set; }

    public Account Account { get => field ?? throw new InvalidOperationException("The request is not signed."); set; }

    /// <summary>It costs nothing, as it turned out.</summary>
    public bool IsFree { get; set; }

    public RateLimiter Limits => floor.Limits;

    public SymbolMarket Market() => floor.Markets.GetValueOrDefault(parameters.RequiredText("symbol")) ?? throw Refusal.UnknownSymbol();

    /// <summary>The market of <c>symbol</c>, or null when none is named.</summary>
    public SymbolMarket? MarketIfNamed() => parameters.Has("symbol") ? Market() : null;
}
