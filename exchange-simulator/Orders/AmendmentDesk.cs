using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Clock;
using OrleansTrader.ExchangeSimulator.Markets;
using OrleansTrader.ExchangeSimulator.Streams;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>Makes open orders smaller; they keep their numbers and their places at their price.</summary>
internal sealed class AmendmentDesk(OrderDesk orders, OrderRegister register, OrderChecks checks, AccountFeed feed, ExchangeTime time)
{
    /// <summary>Amends an order, and the other leg of its pair with it, since both are for the same coins.</summary>
    /// <param name="quantity">Base currency, what was executed included.</param>
    /// <param name="id">What the order is called from then on; the other leg keeps its name.</param>
    public void Amend(Account account, SymbolMarket market, Order? order, decimal quantity, string id)
    {
        if (order is not { IsOpen: true }) throw Refused("Unknown order sent.");
        Judge(account, market, order, quantity, id);
        var isRenamed = !string.Equals(order.ClientId, id, StringComparison.Ordinal);
        Change(order, quantity, id);
        if (order.List?.OtherLegOf(order) is { IsOpen: true } other) Change(other, quantity, other.ClientId);
        if (isRenamed && order.List is { IsDone: false } list) feed.Status(list, isUpdate: true);
        if (order.Remaining == 0) orders.End(order, OrderStatus.Expired, ExpiryReason.None);
    }

    private void Judge(Account account, SymbolMarket market, Order order, decimal quantity, string id)
    {
        if (!account.CanTrade) throw Refused("This action is disabled on this account.");
        if (market.Phase is not (TradingPhase.Trading or TradingPhase.CancelOnly)) throw Refused("Market is closed.");
        var isEmpty = quantity == 0 || (quantity <= order.Executed + order.Prevented && !market.Assumptions.AmendToExecutedExpires);
        if (isEmpty) throw new Refusal(-1013, "Invalid quantity.");
        checks.JudgeAmount(market, order.Draft with { Quantity = quantity });
        if (order.Amendments.Count >= market.Filters.MaxOrderAmends) throw Refused("Filter failure: MAX_NUM_ORDER_AMENDS");
        if (quantity == order.Quantity) throw Refused("The requested action would change no state; rejecting");
        if (quantity > order.Quantity) throw Refused("Order amend (quantity increase) is not supported.");
        var isTaken = !string.Equals(order.ClientId, id, StringComparison.Ordinal) && register.IsTaken(account, market, id);
        if (isTaken) throw Refused("Duplicate order sent.");
    }

    private void Change(Order order, decimal quantity, string id)
    {
        var (oldId, oldQuantity) = (order.ClientId, order.Quantity);
        order.Quantity = Math.Max(quantity, order.Executed + order.Prevented);
        order.Updated = time.Now;
        register.Rename(order, id);
        Settlement.Release(order);
        order.Market.Touch();
        order.Amendments.Add(new Amendment(register.NextExecution(), oldId, id, oldQuantity, order.Quantity, time.Now));
        feed.Report(order, ExecutionKind.Replaced);
    }

    private static Refusal Refused(string message) => new(-2038, message);
}
