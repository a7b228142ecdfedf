using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Clock;
using OrleansTrader.ExchangeSimulator.Markets;
using OrleansTrader.ExchangeSimulator.Streams;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>What the orders of a list do to each other.</summary>
internal interface IListReactions
{
    /// <summary>The price has come for which an order waited; it has not traded yet.</summary>
    void GoesOff(Order order);

    void Traded(Order order);

    void Ended(Order order);
}

/// <summary>A list as it was asked for.</summary>
/// <param name="Working">The order that brings in the others; null in a pair.</param>
/// <param name="Others">The pair, stop leg first, or the pending orders.</param>
/// <param name="PaysOut">The pending orders sell what the working one bought.</param>
internal sealed record ListDraft(OrderDraft? Working, IReadOnlyList<OrderDraft> Others, string? ClientId, bool PaysOut = false)
{
    public IEnumerable<OrderDraft> Orders => Working is null ? Others : Others.Prepend(Working);

    public int Count => Others.Count + (Working is null ? 0 : 1);
}

/// <summary>Takes lists of orders in and lets their orders act on each other.</summary>
internal sealed class ListDesk : IListReactions
{
    private readonly OrderDesk _orders;
    private readonly OrderRegister _register;
    private readonly OrderChecks _checks;
    private readonly ListChecks _listChecks;
    private readonly AccountFeed _feed;
    private readonly ExchangeTime _time;

    public ListDesk(OrderDesk orders, OrderRegister register, OrderChecks checks, AccountFeed feed, ExchangeTime time)
    {
        (_orders, _register, _checks, _listChecks, _feed, _time) = (orders, register, checks, new ListChecks(register), feed, time);
        orders.Lists = this;
    }

    public OrderList Place(Account account, SymbolMarket market, ListDraft asked)
    {
        _listChecks.Judge(account, market, asked);
        var working = asked.Working is null ? null : _orders.Judge(account, market, asked.Working, asked.Count);
        OrderDraft[] others = [.. asked.Others.Select(draft => asked.PaysOut ? draft : _orders.Judge(account, market, draft, asked.Count))];
        _listChecks.JudgeIds(account, market, asked);
        if (working is null) ListChecks.JudgePrices(market, others);
        var admitted = (working is null ? others : [working]).Select(draft => (Draft: draft, Terms: _orders.Admit(account, market, draft))).ToArray();

        var list = _register.AddList(number => new OrderList(number, account, market, working is null ? ListKind.Oco : ListKind.Oto, asked.ClientId ?? _register.NewClientId(), _time.Now) { PaysOut = asked.PaysOut });
        foreach (var (draft, terms) in admitted) Add(list, draft, terms.Quantity).Watch = terms.Watch;
        ShareHold(list.Orders);
        if (working is not null)
        {
            list.Working = list.Orders[0];
            foreach (var draft in others) Add(list, draft, draft.Quantity).Status = OrderStatus.PendingNew;
            ShareHold(list.Pending.Where(order => order.LocksAhead));
        }

        if (!CanPay(list)) throw Forget(list);
        Start(list);
        return list;
    }

    /// <summary>Takes back all that is open of a list.</summary>
    public void Cancel(OrderList list, string clientId)
    {
        // One after the other, and none reacts to the end of another.
        list.IsDone = true;
        foreach (var order in list.Orders)
            if (order.IsOpen)
                _orders.Cancel(order, clientId);
        Finish(list);
    }

    public void GoesOff(Order order)
    {
        if (order.List is not { IsDone: false } list) return;
        if (list.OtherLegOf(order) is { IsOpen: true } other) _orders.End(other, OrderStatus.Expired, ExpiryReason.OcoTrigger);
    }

    public void Traded(Order order)
    {
        if (order.List is not { IsDone: false } list) return;
        if (order == list.Working)
        {
            if (order.Status == OrderStatus.Filled) Release(list);
        }
        else if (list.OtherLegOf(order) is { IsOpen: true } other)
        {
            _orders.End(other, OrderStatus.Expired, ExpiryReason.OcoTrigger);
        }

        FinishWhenOver(list);
    }

    public void Ended(Order order)
    {
        if (order.List is not { IsDone: false } list) return;
        if (order == list.Working)
        {
            foreach (var pending in list.Pending)
                if (pending.IsOpen)
                    _orders.End(pending, OrderStatus.Expired, ExpiryReason.OtoPhaseOneExpired);
        }

        FinishWhenOver(list);
    }

    private void Start(OrderList list)
    {
        foreach (var pending in list.Orders.Where(order => order.Status == OrderStatus.PendingNew))
        {
            Settlement.Release(pending);
            _feed.Report(pending, ExecutionKind.New);
        }

        _feed.Status(list);
        // A working order that trades at once brings in the others by itself.
        foreach (var order in list.Orders.Where(order => order.Status == OrderStatus.New).ToArray()) _orders.Start(order);
    }

    private void Release(OrderList list)
    {
        var market = list.Market;
        foreach (var order in list.Pending)
        {
            if (list.PaysOut) order.Quantity = market.Rules.FloorToStep(list.Working!.Received(market.Rules.BaseAsset));
            (order.Status, order.Updated) = (OrderStatus.New, _time.Now);
        }

        ShareHold(list.Pending.Where(order => order.Hold is null));
        _feed.Status(list);
        foreach (var order in list.Pending.ToArray())
        {
            if (!order.IsOpen) continue;
            if (order.IsContingent) order.Watch = PriceWatch.For(market, order.Draft);
            var isRefused = (order.IsContingent && order.Watch is null)
                || !IsFit(order)
                || !OrderDesk.CanPay(order)
                || (order.Kind == OrderKind.LimitMaker && Offers.WouldTake(market, order.Side, order.Price));
            if (isRefused) _orders.End(order, OrderStatus.Expired, ExpiryReason.Rejected);
            else _orders.Start(order);
        }
    }

    /// <summary>What is locked for these, of which one alone will trade.</summary>
    private static void ShareHold(IEnumerable<Order> orders)
    {
        Hold? hold = null;
        foreach (var order in orders) order.Hold = hold ??= new Hold(order.Account, order.HeldAsset);
    }

    /// <summary>True when the account has what a new list locks; the holds of one asset add up.</summary>
    private static bool CanPay(OrderList list) => list.Orders.Where(order => order.Hold is not null).DistinctBy(order => order.Hold)
        .GroupBy(order => order.HeldAsset, StringComparer.Ordinal).All(same => same.Sum(Settlement.NeedOf) <= list.Account.FreeOf(same.Key));

    /// <summary>False when what is to be sold is too little for an order.</summary>
    private bool IsFit(Order order)
    {
        try
        {
            _checks.JudgeAmount(order.Market, order.Draft with { Quantity = order.Quantity });
            return order.Quantity > 0;
        }
        catch (Refusal)
        {
            return false;
        }
    }

    private Order Add(OrderList list, OrderDraft draft, decimal quantity)
    {
        var order = _register.Add(list.Account, list.Market, draft, quantity, _time.Now);
        order.List = list;
        list.Orders.Add(order);
        return order;
    }

    private void FinishWhenOver(OrderList list)
    {
        if (list.IsDone || list.Orders.Exists(order => order.IsOpen)) return;
        Finish(list);
    }

    private void Finish(OrderList list)
    {
        (list.IsDone, list.Time) = (true, _time.Now);
        _feed.Status(list);
    }

    private Refusal Forget(OrderList list)
    {
        for (var i = list.Orders.Count - 1; i >= 0; i--) _register.Remove(list.Orders[i]);
        _register.Remove(list);
        return Refusal.ByEngine("Account has insufficient balance for requested action.");
    }
}
