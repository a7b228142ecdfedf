using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Clock;
using OrleansTrader.ExchangeSimulator.Markets;
using OrleansTrader.ExchangeSimulator.Streams;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>Books what an order traded: balances, fees, and the word to the account.</summary>
internal sealed class Settlement(Commission commission, AccountFeed feed, ExchangeTime time)
{
    /// <summary>Told of the first trade of each order, and whether it took.</summary>
    public Action<Account, bool>? FirstFill { get; set; }

    public void Book(Order order, in MarketTrade trade, bool isMaker)
    {
        var rules = order.Market.Rules;
        var account = order.Account;
        var value = trade.Price * trade.Quantity;
        var isFirst = order.Executed == 0;
        order.Executed += trade.Quantity;
        order.ExecutedValue += value;
        order.Status = order.Remaining == 0 ? OrderStatus.Filled : OrderStatus.PartiallyFilled;
        order.Updated = time.Now;
        Release(order);

        var isBuy = order.Side == OrderSide.Buy;
        account.Move(rules.QuoteAsset, isBuy ? -value : value);
        account.Move(rules.BaseAsset, isBuy ? trade.Quantity : -trade.Quantity);
        var (fee, asset) = commission.Of(account, rules, order.Side, isMaker, trade.Price, trade.Quantity);
        account.Move(asset, -fee);
        account.Updated = time.Now;
        var fill = new Fill(trade.Id, trade.Price, trade.Quantity, fee, asset, time.Now, isMaker);
        order.Fills.Add(fill);
        if (isFirst) FirstFill?.Invoke(account, isMaker);
        feed.Report(order, ExecutionKind.Trade, fill: fill);
    }

    /// <summary>Locks what an order needs now, or with the other legs of its list the most that any of them needs.</summary>
    public static void Release(Order order)
    {
        if (order.Hold is not { } hold) return;
        var need = order.Need;
        foreach (var other in order.List?.Orders ?? [])
            if (other.Hold == hold)
                need = Math.Max(need, other.Need);
        hold.Resize(need);
    }
}
