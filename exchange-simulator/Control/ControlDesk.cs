using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Faults;
using OrleansTrader.ExchangeSimulator.Orders;
using OrleansTrader.ExchangeSimulator.Streams;

namespace OrleansTrader.ExchangeSimulator.Control;

/// <summary>
/// The back door, <c>/sim</c>: what really happened, whatever a client was told, and what is to go wrong. It asks for no key, since the
/// exchange is one to rehearse at.
/// </summary>
internal sealed class ControlDesk(SimulatedExchange exchange)
{
    public const string Root = "/sim";
    private const string AccountPath = "/accounts/";
    private const int GoingAway = 1001;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };

    private ExchangeFloor Floor => exchange.Floor;

    public RestReply Answer(RestRequest request)
    {
        try
        {
            return Route(request);
        }
        catch (JsonException exception)
        {
            return Reply(400, wire => wire.Text("error", exception.Message));
        }
        catch (Refusal refusal)
        {
            return Reply(refusal.Status, wire => wire.Text("error", refusal.Message));
        }
    }

    private RestReply Route(RestRequest request)
    {
        var path = request.Path[Root.Length..];
        switch ((request.Verb, path))
        {
            case ("GET", "/state"): return Reply(200, State);
            case ("GET", "/orders"): return Reply(200, wire => Orders(wire, request.Query));
            case ("GET", "/fills"): return Reply(200, wire => Fills(wire, request.Query));
            case ("GET", "/balances"): return Reply(200, Balances);
            case ("GET", "/faults"): return Faults();
            case ("PUT", "/faults"):
                Floor.Faults.Options = Sound(Merged(Floor.Faults.Options, request.Body));
                if (Floor.Faults.Options.Maintenance) exchange.Hub.CloseAll(GoingAway, "Maintenance");
                return Faults();
            case ("DELETE", "/faults"):
                Floor.Faults.Clear();
                return Faults();
            case ("POST", "/faults/next"):
                var ordered = Read<OrderedFault>(request.Body);
                Floor.Faults.Order(ordered.Kind, ordered.Operation, ordered.Count);
                return Done();
            case ("POST", "/deposit"): return Move(Read<Deposit>(request.Body));
            case ("POST", "/shutdown"):
                exchange.Hub.TellShutdown();
                return Done();
            case ("POST", "/disconnect"):
                exchange.Hub.CloseAll(0, "");
                return Done();
            case ("PUT", _) when path.StartsWith(AccountPath, StringComparison.Ordinal):
                if (Floor.Find(path[AccountPath.Length..]) is not { } account) return Reply(404, wire => wire.Text("error", $"There is no account {path[AccountPath.Length..]}."));
                account.CanTrade = Read<AccountChange>(request.Body).CanTrade;
                return Done();
            default:
                return path.StartsWith("/symbols/", StringComparison.Ordinal) ? Symbol(request, path["/symbols/".Length..]) : Reply(404, wire => wire.Text("error", $"There is no {request.Verb} {request.Path}."));
        }
    }

    private RestReply Symbol(RestRequest request, string symbol)
    {
        if (!Floor.Markets.TryGetValue(symbol, out var market)) return Reply(404, wire => wire.Text("error", $"There is no symbol {symbol}."));
        if (request.Verb is "DELETE")
        {
            Floor.Delist(market);
            return Done();
        }

        var change = Read<SymbolChange>(request.Body);
        if (change.Filters is { } filters) market.Change(Merged(market.Filters, filters.GetRawText()));
        if (change.Status is { } status) market.Phase = status;
        if (change.EndsOrders) Floor.EndOrders(market);
        return Done();
    }

    private RestReply Move(Deposit deposit)
    {
        if (Floor.Find(deposit.Account) is not { } account) return Reply(404, wire => wire.Text("error", $"There is no account {deposit.Account}."));
        if (account.FreeOf(deposit.Asset) + deposit.Amount < 0) return Reply(409, wire => wire.Text("error", "So much is not free."));
        account.Move(deposit.Asset, deposit.Amount);
        Floor.Feed.Moved(account, deposit.Asset, deposit.Amount);
        Floor.Conclude();
        return Done();
    }

    private void State(Wire wire)
    {
        wire.Time("now", Floor.Time.Now);
        wire.Number("marketShiftMilliseconds", (long)Floor.MarketShift.TotalMilliseconds);
        wire.Flag("marketHasEnded", Floor.HasEnded);
        wire.Number("faults", Floor.Faults.Count);
        wire.Number("limitExcesses", Floor.Limits.Excesses);
        wire.Number("connections", exchange.Hub.Sessions.Count);
        wire.Number("orderRequests", Floor.OrderRequests);
        wire.OpenList("symbols");
        foreach (var market in Floor.Markets.Values)
        {
            wire.Open();
            wire.Text("symbol", market.Symbol);
            wire.Term("status", market.Phase);
            wire.Amount("price", market.Last);
            wire.Close();
        }

        wire.CloseList();
    }

    private void Orders(Wire wire, string query)
    {
        wire.OpenList("orders");
        foreach (var order in Floor.Register.Orders.Where(order => IsAsked(order, query)))
        {
            wire.Open();
            wire.Text("account", order.Account.Name);
            OrderJson.Found(wire, order);
            wire.Text("originalClientOrderId", order.OriginalClientId.Length > 0 ? order.OriginalClientId : order.ClientId);
            wire.Close();
        }

        wire.CloseList();
    }

    private void Fills(Wire wire, string query)
    {
        wire.OpenList("fills");
        foreach (var order in Floor.Register.Orders.Where(order => IsAsked(order, query)))
        {
            foreach (var fill in order.Fills)
            {
                wire.Open();
                wire.Text("account", order.Account.Name);
                OrderJson.Trade(wire, order, fill);
                wire.Text("clientOrderId", order.OriginalClientId.Length > 0 ? order.OriginalClientId : order.ClientId);
                wire.Text("side", ExecutionReportJson.SideText(order.Side));
                wire.Close();
            }
        }

        wire.CloseList();
    }

    private void Balances(Wire wire)
    {
        wire.OpenList("accounts");
        foreach (var account in Floor.Accounts)
        {
            wire.Open();
            wire.Text("account", account.Name);
            BalanceJson.Write(wire, account.Balances);
            wire.Close();
        }

        wire.CloseList();
    }

    private static bool IsAsked(Order order, string query) =>
        !query.StartsWith("account=", StringComparison.Ordinal) || string.Equals(order.Account.Name, query["account=".Length..], StringComparison.Ordinal);

    private static FaultOptions Sound(FaultOptions faults)
    {
        try
        {
            SettingsCheck.Judge(faults, "Faults");
        }
        catch (ValidationException exception)
        {
            throw new JsonException(exception.Message, exception);
        }

        return faults;
    }

    private RestReply Faults() => new(200, JsonSerializer.SerializeToUtf8Bytes(Floor.Faults.Options, Json), []);

    private static RestReply Done() => Reply(200, _ => { });

    private static RestReply Reply(int status, Action<Wire> write) => new(status, Wire.WriteObject(TimeUnit.Millisecond, write), []);

    private static T Read<T>(string body) => JsonSerializer.Deserialize<T>(body, Json) ?? throw new JsonException("The body is empty.");

    /// <summary>The record with those fields changed that are named; names that it does not have are refused.</summary>
    private static T Merged<T>(T record, string changes)
        where T : notnull
    {
        var merged = JsonSerializer.SerializeToNode(record, Json)!.AsObject();
        Merge(merged, JsonNode.Parse(changes)?.AsObject() ?? throw new JsonException("The body is empty."));
        return merged.Deserialize<T>(Json)!;
    }

    private static void Merge(JsonObject into, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value is JsonObject inner && into[name] is JsonObject known) Merge(known, inner);
            else into[name] = value?.DeepClone();
        }
    }
}
