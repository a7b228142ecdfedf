using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Clock;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>What is judged before an order comes to the engine: the phase of the market, and its filters.</summary>
internal sealed class OrderChecks(OrderRegister register, ExchangeTime time)
{
    /// <param name="orders">How many orders come with this one, itself included.</param>
    public void Judge(Account account, SymbolMarket market, OrderDraft draft, int orders = 1)
    {
        if (!account.CanTrade) throw Refusal.ByEngine("This action is disabled on this account.");
        if (market.Phase == TradingPhase.CancelOnly) throw Refusal.ByEngine("This order type is not possible in this trading phase.");
        if (market.Phase != TradingPhase.Trading) throw Refusal.ByEngine("Market is closed.");
        if (draft is { Quantity: 0, Value: 0 }) throw new Refusal(-1013, "Invalid quantity.");
        var isLimited = draft.Kind is not (OrderKind.Market or OrderKind.StopLoss or OrderKind.TakeProfit);
        if (isLimited && draft.Price == 0) throw new Refusal(-1013, "Invalid price.");

        var filters = market.Filters;
        if (isLimited && !IsPrice(filters, draft.Price)) throw Refusal.ByFilter("PRICE_FILTER");
        if (draft.StopPrice > 0 && !IsPrice(filters, draft.StopPrice)) throw Refusal.ByFilter("PRICE_FILTER");
        JudgeSize(market, draft);
        if (isLimited) JudgePercentPrice(market, draft);
        JudgeNotional(market, draft, isLimited);
        if (draft.IcebergQuantity > draft.Quantity) throw Refusal.ByEngine("IcebergQty exceeds QTY.");
        if (draft.IcebergQuantity > 0 && Math.Ceiling(draft.Quantity / draft.IcebergQuantity) > filters.IcebergParts) throw Refusal.ByFilter("ICEBERG_PARTS");
        if (draft.TrailingDelta > 0 && (draft.TrailingDelta < filters.MinTrailingDelta || draft.TrailingDelta > filters.MaxTrailingDelta)) throw Refusal.ByFilter("TRAILING_DELTA");
        JudgeCounts(account, market, draft, orders);
        if (filters.MaxPosition > 0 && draft.Side == OrderSide.Buy) JudgePosition(account, market, draft);
    }

    /// <summary>Size and worth alone, of an order whose quantity is known only now.</summary>
    public void JudgeAmount(SymbolMarket market, OrderDraft draft)
    {
        JudgeSize(market, draft);
        JudgeNotional(market, draft, isLimited: draft.Price > 0);
    }

    private void JudgeCounts(Account account, SymbolMarket market, OrderDraft draft, int orders)
    {
        var filters = market.Filters;
        var (open, algo, iceberg) = (0, 0, 0);
        foreach (var order in register.OpenOf(account, market))
        {
            open++;
            if (order.IsContingent) algo++;
            if (order.Draft.IcebergQuantity > 0) iceberg++;
        }

        if (open + orders > filters.MaxOrders) throw Refusal.ByFilter("MAX_NUM_ORDERS");
        if (draft.IsContingent && algo >= filters.MaxAlgoOrders) throw Refusal.ByFilter("MAX_NUM_ALGO_ORDERS");
        if (draft.IcebergQuantity > 0 && filters.MaxIcebergOrders > 0 && iceberg >= filters.MaxIcebergOrders) throw Refusal.ByFilter("MAX_NUM_ICEBERG_ORDERS");
    }

    private void JudgePosition(Account account, SymbolMarket market, OrderDraft draft)
    {
        var balance = account.Of(market.Rules.BaseAsset);
        var buying = register.OpenOf(account, market).Where(order => order.Side == OrderSide.Buy).Sum(order => order.Remaining);
        if (balance.Free + balance.Locked + buying + draft.Quantity > market.Filters.MaxPosition) throw Refusal.ByFilter("MAX_POSITION");
    }

    private static void JudgeSize(SymbolMarket market, OrderDraft draft)
    {
        var filters = market.Filters;
        if (draft.Quantity > 0 && !IsQuantity(draft.Quantity, filters.MinQuantity, filters.MaxQuantity, filters.StepSize)) throw Refusal.ByFilter("LOT_SIZE");
        if (draft.IcebergQuantity > 0 && !IsQuantity(draft.IcebergQuantity, filters.MinQuantity, filters.MaxQuantity, filters.StepSize)) throw Refusal.ByFilter("LOT_SIZE");
        if (draft.Kind == OrderKind.Market && draft.Quantity > 0 && !IsQuantity(draft.Quantity, filters.MarketMinQuantity, filters.MarketMaxQuantity, filters.MarketStepSize))
            throw Refusal.ByFilter("MARKET_LOT_SIZE");
    }

    private void JudgePercentPrice(SymbolMarket market, OrderDraft draft)
    {
        var filters = market.Filters;
        var average = market.AveragePrice(filters.AveragePriceMinutes, time.Now);
        if (average == 0) return;
        var (up, down) = draft.Side == OrderSide.Buy ? (filters.BidMultiplierUp, filters.BidMultiplierDown) : (filters.AskMultiplierUp, filters.AskMultiplierDown);
        if ((up > 0 && draft.Price > average * up) || (down > 0 && draft.Price < average * down)) throw Refusal.ByFilter(market.Assumptions.NamesPercentPriceSide ? "PERCENT_PRICE_BY_SIDE" : "PERCENT_PRICE");
    }

    private void JudgeNotional(SymbolMarket market, OrderDraft draft, bool isLimited)
    {
        var filters = market.Filters;
        var price = isLimited ? draft.Price : draft.StopPrice > 0 ? draft.StopPrice : market.AveragePrice(filters.AveragePriceMinutes, time.Now);
        var notional = draft.Value > 0 ? draft.Value : draft.Quantity * price;
        if ((isLimited || filters.AppliesMinToMarket) && notional < filters.MinNotional) throw Refusal.ByFilter("NOTIONAL");
        if ((isLimited || filters.AppliesMaxToMarket) && filters.MaxNotional > 0 && notional > filters.MaxNotional) throw Refusal.ByFilter("NOTIONAL");
    }

    private static bool IsPrice(SymbolFilters filters, decimal price) =>
        (filters.MinPrice == 0 || price >= filters.MinPrice)
        && (filters.MaxPrice == 0 || price <= filters.MaxPrice)
        && (filters.TickSize == 0 || price % filters.TickSize == 0);

    private static bool IsQuantity(decimal quantity, decimal least, decimal most, decimal step) =>
        quantity >= least && (most == 0 || quantity <= most) && (step == 0 || quantity % step == 0);
}
