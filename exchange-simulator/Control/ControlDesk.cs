using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Markets;
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
    private const string ProblemJson = "application/problem+json";

    private ExchangeFloor Floor => exchange.Floor;

    public RestReply Answer(RestRequest request)
    {
        try
        {
            return Route(request);
        }
        catch (ControlRefusal refusal)
        {
            return ProblemOf(refusal.Status, refusal.Message);
        }
        catch (Refusal refusal)
        {
            return ProblemOf(refusal.Status, refusal.Message);
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
                Floor.Faults.Options = ControlBody.Sound(ControlBody.Merged(Floor.Faults.Options, request.Body), "Faults");
                if (Floor.Faults.Options.Maintenance) exchange.Hub.CloseAll(GoingAway, "Maintenance");
                return Faults();
            case ("DELETE", "/faults"):
                Floor.Faults.Clear();
                return Faults();
            case ("POST", "/faults/next"):
                var ordered = ControlBody.Read<OrderedFault>(request.Body);
                if (ordered.Count < 1) throw new ControlRefusal($"count is {ordered.Count}; it must be a whole number from 1 on.");
                Floor.Faults.Order(ordered.Kind, ordered.Operation, ordered.Count);
                return Done();
            case ("POST", "/deposit"): return Move(ControlBody.Read<Deposit>(request.Body));
            case ("POST", "/shutdown"):
                exchange.Hub.TellShutdown();
                return Done();
            case ("POST", "/disconnect"):
                exchange.Hub.CloseAll(0, "");
                return Done();
            case ("PUT", _) when path.StartsWith(AccountPath, StringComparison.Ordinal):
                var account = AccountOf(path[AccountPath.Length..]);
                account.CanTrade = ControlBody.Read<AccountChange>(request.Body).CanTrade;
                return Done();
            default:
                return path.StartsWith("/symbols/", StringComparison.Ordinal) ? Symbol(request, path["/symbols/".Length..]) : throw new ControlRefusal($"There is no {request.Verb} {request.Path}; docs/exchange-simulator.md lists what there is.", status: 404);
        }
    }

    private RestReply Symbol(RestRequest request, string symbol)
    {
        if (!Floor.Markets.TryGetValue(symbol, out var market)) throw new ControlRefusal($"There is no symbol {symbol}; there are {string.Join(", ", Floor.Markets.Keys)}.", status: 404);
        if (request.Verb is "DELETE")
        {
            Floor.Delist(market);
            return Done();
        }

        var change = ControlBody.Read<SymbolChange>(request.Body);
        if (change.Filters is { } filters) market.Change(Sound(ControlBody.Merged(market.Filters, filters.GetRawText(), "filters")));
        if (change.Status is { } status) market.Phase = status;
        if (change.EndsOrders) Floor.EndOrders(market);
        return Done();
    }

    private RestReply Move(Deposit deposit)
    {
        var account = AccountOf(deposit.Account);
        var assets = Floor.Markets.Values.SelectMany(market => new[] { market.Rules.BaseAsset, market.Rules.QuoteAsset }).Concat(account.Balances.Select(balance => balance.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (!assets.Contains(deposit.Asset, StringComparer.Ordinal)) throw new ControlRefusal($"asset is '{deposit.Asset}'; it must be one of {string.Join(", ", assets)}.");
        if (account.FreeOf(deposit.Asset) + deposit.Amount < 0) throw new ControlRefusal($"amount is {deposit.Amount.ToString(CultureInfo.InvariantCulture)}; only {account.FreeOf(deposit.Asset).ToString(CultureInfo.InvariantCulture)} {deposit.Asset} is free.", status: 409);
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

    private Account AccountOf(string name) => Floor.Find(name)
        ?? throw new ControlRefusal($"There is no account {name}; there are {string.Join(", ", Floor.Accounts.Select(account => account.Name))}.", status: 404);

    /// <summary>Nothing is traded in steps of nothing.</summary>
    private static SymbolFilters Sound(SymbolFilters filters) => filters is { TickSize: > 0, StepSize: > 0, MinNotional: >= 0 }
        ? filters
        : throw new ControlRefusal("filters: tickSize and stepSize must be numbers above 0, and minNotional one from 0 on.");

    private RestReply Faults() => new(200, JsonSerializer.SerializeToUtf8Bytes(Floor.Faults.Options, ControlBody.Json), []);

    private static RestReply Done() => Reply(200, _ => { });

    private static RestReply Reply(int status, Action<Wire> write) => new(status, Wire.WriteObject(TimeUnit.Millisecond, write), []);

    /// <summary>As the service's own interface writes what is wrong.</summary>
    private static RestReply ProblemOf(int status, string detail) => new(
        status,
        Wire.WriteObject(TimeUnit.Millisecond, wire =>
        {
            wire.Text("title", ReasonPhrases.GetReasonPhrase(status));
            wire.Number("status", status);
            wire.Text("detail", detail);
        }),
        [],
        ProblemJson);
}
