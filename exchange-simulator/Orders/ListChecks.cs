using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>What is judged of a list as a whole, before its orders come to the engine.</summary>
internal sealed class ListChecks(OrderRegister register)
{
    /// <summary>There is room for one more list, and its name is free.</summary>
    public void Judge(Account account, SymbolMarket market, ListDraft asked)
    {
        if (asked.ClientId is { } name && register.FindList(account, name) is { IsDone: false }) throw Refusal.ByEngine("Duplicate order sent.");
        var open = register.ListsOf(account).Count(list => !list.IsDone && list.Market == market);
        if (open >= market.Filters.MaxOrderLists) throw Refusal.ByFilter("MAX_NUM_ORDER_LISTS");
    }

    /// <summary>The ids of its orders are free.</summary>
    public void JudgeIds(Account account, SymbolMarket market, ListDraft asked)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in asked.Orders.Select(draft => draft.ClientId).OfType<string>())
            if (!ids.Add(id) || register.IsTaken(account, market, id))
                throw Refusal.ByEngine("Duplicate order sent.");
    }

    /// <summary>The profit of a sale lies above the price and the stop below, and the other way round for a purchase.</summary>
    public static void JudgePrices(SymbolMarket market, OrderDraft[] pair)
    {
        var (stop, profit) = (pair[0], pair[1]);
        var target = profit.Kind == OrderKind.TakeProfit || profit.Price == 0 ? profit.StopPrice : profit.Price;
        var isSell = stop.Side == OrderSide.Sell;
        var isBetween = (target == 0 || (isSell ? target > market.Last : target < market.Last))
            && (stop.StopPrice == 0 || (isSell ? stop.StopPrice < market.Last : stop.StopPrice > market.Last));
        if (!isBetween) throw Refusal.ByEngine("The relationship of the prices for the orders is not correct.");
    }
}
