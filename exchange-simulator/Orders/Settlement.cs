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
        if (isMaker && order.TakeVisible(trade.Quantity) && !order.Market.Assumptions.IcebergsKeepPlace) order.Market.GoBehind(order);

        var isBuy = order.Side == OrderSide.Buy;
        account.Move(rules.QuoteAsset, isBuy ? -value : value);
        account.Move(rules.BaseAsset, isBuy ? trade.Quantity : -trade.Quantity);
        var (fee, asset) = commission.Of(account, rules, order.Side, isMaker, trade.Price, trade.Quantity);
        account.Move(asset, -fee);
        var fill = new Fill(trade.Id, trade.Price, trade.Quantity, fee, asset, time.Now, isMaker);
        order.Fills.Add(fill);
        if (isFirst) FirstFill?.Invoke(account, isMaker);
        feed.Report(order, ExecutionKind.Trade, fill: fill);
    }

    /// <summary>Locks what an order needs now, with the other legs of its list.</summary>
    public static void Release(Order order) => order.Hold?.Resize(NeedOf(order));

    /// <summary>What an order needs now, with the other legs that it shares its hold with.</summary>
    public static decimal NeedOf(Order order)
    {
        var legs = order.List is { } list ? list.Orders.Where(other => other.Hold == order.Hold) : [order];
        return order.Market.Assumptions.PairsLockBothLegs ? legs.Sum(leg => leg.Need) : legs.Max(leg => leg.Need);
    }
}
