using System.Text.Json;
using OrleansTrader.ExchangeSimulator.Api;

namespace OrleansTrader.ExchangeSimulator.Streams;

/// <summary>A connection to the streams of the market, which the client may join and leave.</summary>
internal sealed class StreamSession(SimulatedExchange exchange, IClientLine line, TimeUnit unit, bool isCombined) : Session(exchange, line, unit)
{
    private const int PolicyViolation = 1008;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Queue<DateTime> _messages = new();
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private bool _isCombined = isCombined;

    /// <summary>Of the streams that it has joined.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>False when there are no such streams, or too many.</summary>
    public bool TryJoin(IReadOnlyCollection<string> names)
    {
        if (_names.Union(names, StringComparer.Ordinal).Count() > Floor.Limits.Options.Streams) return false;
        if (!names.All(name => Exchange.Hub.TryJoin(this, name)))
        {
            foreach (var name in names.Where(name => !_names.Contains(name))) Exchange.Hub.Leave(this, name);
            return false;
        }

        _names.UnionWith(names);
        return true;
    }

    public void Tell(string stream, Action<Wire> write)
    {
        var message = Wire.Write(Unit, wire =>
        {
            if (!_isCombined)
            {
                write(wire);
                return;
            }

            wire.Open();
            wire.Text("stream", stream);
            wire.Raw("data", Wire.Write(Unit, write));
            wire.Close();
        });
        Tell(message, Floor.Faults.Options.Streams);
    }

    public override void TellShutdown()
    {
        void Event(Wire wire)
        {
            wire.Open();
            wire.Text("e", "serverShutdown");
            wire.Time("E", Floor.Time.Now);
            wire.Close();
        }

        Tell("!serverShutdown", Event);
    }

    protected override void Take(string text)
    {
        var now = Floor.Time.Now;
        while (_messages.TryPeek(out var first) && now - first >= Second) _messages.Dequeue();
        _messages.Enqueue(now);
        if (_messages.Count > Floor.Limits.Options.MessagesPerSecond)
        {
            Floor.Limits.CountExcess();
            Close(PolicyViolation, "Too many requests");
            return;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            Refuse(3, "Invalid JSON: expected value at line 1 column 1", "null");
            return;
        }

        using (document) Obey(document.RootElement);
    }

    private void Obey(JsonElement request)
    {
        var isObject = request.ValueKind == JsonValueKind.Object;
        var id = isObject && request.TryGetProperty("id", out var given) ? given.GetRawText() : "null";
        var method = isObject && request.TryGetProperty("method", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString()! : "";
        switch (method)
        {
            case "SUBSCRIBE":
                if (NamesIn(request) is not { } names || !TryJoin(names)) Refuse(2, "Invalid request: invalid stream", id);
                else Reply("null", id);
                break;
            case "UNSUBSCRIBE":
                foreach (var name in NamesIn(request) ?? [])
                    if (_names.Remove(name))
                        Exchange.Hub.Leave(this, name);
                Reply("null", id);
                break;
            case "LIST_SUBSCRIPTIONS":
                Reply(JsonSerializer.Serialize(_names), id);
                break;
            case "SET_PROPERTY" when Property(request) is [{ ValueKind: JsonValueKind.String } name, { ValueKind: JsonValueKind.True or JsonValueKind.False } value] && name.ValueEquals("combined"):
                _isCombined = value.GetBoolean();
                Reply("null", id);
                break;
            case "GET_PROPERTY" when Property(request) is [{ ValueKind: JsonValueKind.String } name] && name.ValueEquals("combined"):
                Reply(_isCombined ? "true" : "false", id);
                break;
            default:
                Refuse(2, $"Invalid request: unknown variant `{method}`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`", id);
                break;
        }
    }

    private void Reply(string result, string id) => Answer(Wire.WriteObject(Unit, wire =>
    {
        wire.Raw("result", result);
        wire.Raw("id", id);
    }));

    private void Refuse(int code, string text, string id) => Answer(Wire.WriteObject(Unit, wire =>
    {
        var isWrapped = Floor.Options.Assumptions.WrapsStreamErrors;
        if (isWrapped) wire.Open("error");
        wire.Number("code", code);
        wire.Text("msg", text);
        if (isWrapped) wire.Close();
        wire.Raw("id", id);
    }));

    private static JsonElement[] Property(JsonElement request) =>
        request.TryGetProperty("params", out var given) && given.ValueKind == JsonValueKind.Array ? [.. given.EnumerateArray()] : [];

    private static List<string>? NamesIn(JsonElement request)
    {
        var names = new List<string>();
        foreach (var name in Property(request))
        {
            if (name.ValueKind != JsonValueKind.String) return null;
            names.Add(name.GetString()!);
        }

        return names;
    }
}
