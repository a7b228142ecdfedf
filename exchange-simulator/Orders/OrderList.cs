using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>How orders of a list depend on each other.</summary>
internal enum ListKind
{
    /// <summary>One cancels the other.</summary>
    Oco,

    /// <summary>One triggers the others.</summary>
    Oto,
}

/// <summary>Orders that depend on each other: a pair of which one ends the other, or one that brings in the others when it has traded.</summary>
internal sealed class OrderList(long id, Account account, SymbolMarket market, ListKind kind, string clientId, DateTime time)
{
    public long Id { get; } = id;

    public Account Account { get; } = account;

    public SymbolMarket Market { get; } = market;

    public ListKind Kind { get; } = kind;

    public string ClientId { get; } = clientId;

    public DateTime Time { get; set; } = time;

    /// <summary>In order of their numbers.</summary>
    public List<Order> Orders { get; } = [];

    /// <summary>The order that brings in the others; null in a pair.</summary>
    public Order? Working { get; set; }

    /// <summary>The pending orders sell what the working one bought.</summary>
    public bool PaysOut { get; init; }

    public bool IsDone { get; set; }

    public IEnumerable<Order> Pending => Orders.Where(order => order != Working);

    /// <summary>The other leg of a pair, also of one that another order brought in; null when there is none.</summary>
    public Order? OtherLegOf(Order leg) => leg == Working ? null : Orders.Find(order => order != leg && order != Working);
}
