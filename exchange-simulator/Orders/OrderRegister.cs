using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>All orders and lists that ever were, and the numbers of those to come. The same seed gives the same numbers and ids.</summary>
internal sealed class OrderRegister(long seed, AssumptionOptions assumptions)
{
    private const string IdLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 22;

    private readonly Random _random = new(unchecked((int)seed));
    private readonly Dictionary<(long, string), List<Order>> _bySymbol = [];
    private readonly Dictionary<(long, string), List<Order>> _byClientId = [];
    private readonly SortedDictionary<long, Order> _orders = [];
    private readonly SortedDictionary<long, OrderList> _lists = [];
    private long _lastOrder;
    private long _lastList;
    private long _lastExecution;
    private long _lastPrevented;

    public IEnumerable<Order> Orders => _orders.Values;

    /// <summary>How many orders were placed.</summary>
    public long Placed => _lastOrder;

    public IEnumerable<OrderList> Lists => _lists.Values;

    public string NewClientId() => new(_random.GetItems<char>(IdLetters, IdLength));

    public long NextExecution() => ++_lastExecution;

    public long NextPreventedMatch() => _lastPrevented++;

    public Order Add(Account account, SymbolMarket market, OrderDraft draft, decimal quantity, DateTime time)
    {
        var order = new Order(++_lastOrder, account, market, draft, time) { ClientId = draft.ClientId ?? NewClientId(), Quantity = quantity };
        _orders.Add(order.Id, order);
        ListOf(_bySymbol, (account.Id, market.Symbol)).Add(order);
        ListOf(_byClientId, (account.Id, order.ClientId)).Add(order);
        return order;
    }

    /// <summary>Takes out an order that was refused; its number is used again.</summary>
    public void Remove(Order order)
    {
        _orders.Remove(order.Id);
        ListOf(_bySymbol, (order.Account.Id, order.Market.Symbol)).Remove(order);
        ListOf(_byClientId, (order.Account.Id, order.ClientId)).Remove(order);
        _lastOrder = Math.Min(_lastOrder, order.Id - 1);
    }

    /// <summary>Gives an order another id, and frees the one that it had.</summary>
    public void Rename(Order order, string clientId)
    {
        ListOf(_byClientId, (order.Account.Id, order.ClientId)).Remove(order);
        order.ClientId = clientId;
        ListOf(_byClientId, (order.Account.Id, clientId)).Add(order);
    }

    /// <summary>Takes out a list that was refused; its number is used again.</summary>
    public void Remove(OrderList list)
    {
        _lists.Remove(list.Id);
        _lastList = Math.Min(_lastList, list.Id - 1);
    }

    public OrderList AddList(Func<long, OrderList> make)
    {
        var list = make(++_lastList);
        _lists.Add(list.Id, list);
        return list;
    }

    /// <summary>In order of their numbers.</summary>
    public IReadOnlyList<Order> Of(Account account, SymbolMarket market) => _bySymbol.GetValueOrDefault((account.Id, market.Symbol)) ?? [];

    public IEnumerable<Order> OpenOf(Account account, SymbolMarket market) => Of(account, market).Where(order => order.IsOpen);

    public Order? Find(Account account, SymbolMarket market, long id) =>
        _orders.GetValueOrDefault(id) is { } order && order.Account == account && order.Market == market ? order : null;

    /// <summary>True when an order to come in that market may not have the id, since an open one has it.</summary>
    public bool IsTaken(Account account, SymbolMarket market, string clientId) =>
        Named(account, clientId).Exists(order => order.IsOpen && (assumptions.ClientIdsSpanSymbols || order.Market == market));

    /// <summary>The open order of that id, or else the newest one (or the oldest, where that is assumed).</summary>
    public Order? Find(Account account, SymbolMarket market, string clientId)
    {
        var named = Named(account, clientId).FindAll(order => order.Market == market);
        return named.Find(order => order.IsOpen) ?? (assumptions.FindsOldestClosed ? named.FirstOrDefault() : named.LastOrDefault());
    }

    public IEnumerable<OrderList> ListsOf(Account account) => _lists.Values.Where(list => list.Account == account);

    public OrderList? FindList(Account account, long id) => _lists.GetValueOrDefault(id) is { } list && list.Account == account ? list : null;

    /// <summary>The list of that id that is not done, or else the newest one (or the oldest, where that is assumed).</summary>
    public OrderList? FindList(Account account, string clientId)
    {
        OrderList? found = null;
        foreach (var list in ListsOf(account))
        {
            if (!string.Equals(list.ClientId, clientId, StringComparison.Ordinal)) continue;
            if (!list.IsDone) return list;
            if (found is null || !assumptions.FindsOldestClosed) found = list;
        }

        return found;
    }

    private List<Order> Named(Account account, string clientId) => _byClientId.GetValueOrDefault((account.Id, clientId)) ?? [];

    private static List<Order> ListOf<TKey>(Dictionary<TKey, List<Order>> of, TKey key)
        where TKey : notnull
    {
        if (of.TryGetValue(key, out var known)) return known;
        return of[key] = [];
    }
}
