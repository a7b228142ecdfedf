using System.Text.Json;
using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Faults;

namespace OrleansTrader.ExchangeSimulator.Streams;

/// <summary>A connection to the WebSocket API: requests as of REST, and the events of the accounts that were subscribed.</summary>
internal sealed class ApiSession(SimulatedExchange exchange, IClientLine line, TimeUnit unit, string ip, bool tellsLimits) : Session(exchange, line, unit)
{
    private const int StreamWeight = 2;
    private const int PolicyViolation = 1008;

    private readonly SortedDictionary<int, Account> _subscriptions = [];
    private readonly ShuffledEvents? _shuffled = exchange.Options.Assumptions.ShufflesListStatus ? new ShuffledEvents(new Random(unchecked((int)exchange.Options.Seed))) : null;
    private int _nextSubscription;

    /// <summary>Tells an event to its account, where that is subscribed here.</summary>
    public void Tell(Account account, Action<Wire> write, bool isListStatus)
    {
        foreach (var (subscription, subscribed) in _subscriptions)
        {
            if (subscribed != account) continue;
            if (_shuffled is null) TellEvent(subscription, write, Floor.Faults.Options.Events);
            else _shuffled.Keep(EventOf(subscription, write), isListStatus);
        }
    }

    /// <summary>Tells what was kept until its moment was over.</summary>
    public void TellKept()
    {
        foreach (var message in _shuffled?.Take() ?? []) Tell(message, Floor.Faults.Options.Events);
    }

    public override void TellShutdown() => TellEvent(subscription: null, wire => Terse(wire, "serverShutdown"), new MessageFaults());

    protected override void Take(string text)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            Reply("null", Operations.Named("ping")!, new Answer(null, new Refusal(-1135, "JSON Request could not be parsed."), null), TimeSpan.Zero, tellsLimits);
            return;
        }

        using (document) Obey(document.RootElement);
    }

    private void Obey(JsonElement request)
    {
        var isObject = request.ValueKind == JsonValueKind.Object;
        var id = isObject && request.TryGetProperty("id", out var given) && given.ValueKind is JsonValueKind.Number or JsonValueKind.String ? given.GetRawText() : "null";
        var method = isObject && request.TryGetProperty("method", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString()! : "";
        if (method.StartsWith("v3/", StringComparison.Ordinal)) method = method["v3/".Length..];
        var operation = Operations.Named(method) ?? Own(method);
        var fault = Floor.Faults.Draw(method);
        var answer = operation is null
            ? new Answer(null, new Refusal(-1020, "This operation is not supported."), null)
            : fault.IsCarriedOut ? Judge(operation, request) : new Answer(null, null, null);
        if (fault.IsDropped)
        {
            Close(0, "");
            return;
        }

        if (operation is not null && fault.Kind != FaultKind.None) answer = new Answer(null, RefusalOf(fault), null);
        Reply(id, operation ?? Operations.Named("ping")!, answer, fault.Delay, LimitsAsked(request) ?? tellsLimits);
        if (answer.Refusal?.Status == 418) Close(PolicyViolation, "IP banned");
    }

    /// <summary>Null when the request leaves it to the connection.</summary>
    private static bool? LimitsAsked(JsonElement request) =>
        request.ValueKind == JsonValueKind.Object
        && request.TryGetProperty("params", out var given) && given.ValueKind == JsonValueKind.Object
        && given.TryGetProperty("returnRateLimits", out var asked) && asked.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? asked.GetBoolean()
            : null;

    private Refusal RefusalOf(Fault fault)
    {
        var seconds = Floor.Faults.Options.RetryAfterSeconds;
        if (fault.Kind == FaultKind.Banned) Floor.Limits.Ban(ip, TimeSpan.FromSeconds(seconds));
        return FaultRefusal.Of(fault.Kind, Floor.Options.Assumptions, Floor.Time.Now.AddSeconds(seconds));
    }

    private Answer Judge(Operation operation, JsonElement request)
    {
        var parameters = new Parameters();
        try
        {
            if (request.TryGetProperty("params", out var given) && given.ValueKind == JsonValueKind.Object)
                foreach (var property in given.EnumerateObject())
                    parameters.Add(property.Name, property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText());
        }
        catch (Refusal refusal)
        {
            return new Answer(null, refusal, null);
        }

        var apiKey = parameters.Has("apiKey") ? parameters.RequiredText("apiKey") : null;
        return Exchange.Gatekeeper.Judge(new Asked(operation, parameters, apiKey, ip, parameters.Sorted(except: "signature"), Unit, IsWebSocket: true));
    }

    private Operation? Own(string method) => method switch
    {
        "userDataStream.subscribe.signature" => Make(method, Security.UserData, [], call => wire =>
        {
            if (_subscriptions.ContainsValue(call.Account)) throw new Refusal(-2035, "User Data Stream subscription already active.");
            var number = _nextSubscription++;
            _subscriptions.Add(number, call.Account);
            wire.Open();
            wire.Number("subscriptionId", number);
            wire.Close();
        }),
        "userDataStream.unsubscribe" => Make(method, Security.None, ["subscriptionId"], call =>
        {
            var number = call.Parameters.Number("subscriptionId");
            return wire => Unsubscribe(wire, number);
        }),
        "session.subscriptions" => Make(method, Security.None, [], _ => wire =>
        {
            wire.OpenList();
            foreach (var number in _subscriptions.Keys)
            {
                wire.Open();
                wire.Number("subscriptionId", number);
                wire.Close();
            }

            wire.CloseList();
        }),
        _ => null,
    };

    private static Operation Make(string method, Security security, string[] names, Func<Call, Action<Wire>> prepare) =>
        new(method, "", "", security, _ => StreamWeight, names.ToHashSet(StringComparer.Ordinal), prepare);

    private void Unsubscribe(Wire wire, long? number)
    {
        int[] ended = [.. _subscriptions.Keys.Where(key => number is null || key == number)];
        if (ended.Length == 0 && number is not null) throw new Refusal(-2036, "User Data Stream subscription not active.");
        foreach (var key in ended)
        {
            TellEvent(key, told => Terse(told, "eventStreamTerminated"), new MessageFaults());
            _subscriptions.Remove(key);
        }

        wire.Open();
        wire.Close();
    }

    private void Terse(Wire wire, string kind)
    {
        wire.Text("e", kind);
        wire.Time("E", Floor.Time.Now);
    }

    private void TellEvent(int? subscription, Action<Wire> write, MessageFaults faults) => Tell(EventOf(subscription, write), faults);

    private byte[] EventOf(int? subscription, Action<Wire> write) => Wire.WriteObject(Unit, wire =>
    {
        if (subscription is { } number) wire.Number("subscriptionId", number);
        wire.Open("event");
        write(wire);
        wire.Close();
    });

    private void Reply(string id, Operation operation, Answer answer, TimeSpan delay, bool withLimits) => Answer(
        Wire.WriteObject(Unit, wire =>
        {
            wire.Raw("id", id);
            wire.Number("status", answer.Refusal?.Status ?? 200);
            if (answer.Refusal is { } refusal) WriteError(wire, refusal);
            else wire.Raw("result", answer.Result);
            if (withLimits) WriteLimits(wire, operation, answer.Account);
        }),
        delay);

    private void WriteError(Wire wire, Refusal refusal)
    {
        wire.Open("error");
        refusal.WriteTo(wire);
        if (refusal.RetryAt is { } at && refusal.Details is null)
        {
            wire.Open("data");
            wire.Time("serverTime", Floor.ShownNow);
            wire.Time("retryAfter", at);
            wire.Close();
        }

        wire.Close();
    }

    private void WriteLimits(Wire wire, Operation operation, Account? account)
    {
        var options = Floor.Limits.Options;
        wire.OpenList("rateLimits");
        if (operation.TellsOrders && account is not null)
        {
            var (tenSeconds, day) = Floor.Limits.OrdersOf(account);
            SymbolJson.Limit(wire, "ORDERS", "SECOND", 10, options.OrdersPer10Seconds, tenSeconds);
            SymbolJson.Limit(wire, "ORDERS", "DAY", 1, options.OrdersPerDay, day);
        }

        SymbolJson.Limit(wire, "REQUEST_WEIGHT", "MINUTE", 1, options.RequestWeight, Floor.Limits.WeightOf(ip));
        wire.CloseList();
    }
}
