using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>
/// Tells an account what the exchange says of its orders. The same may be told twice, by an answer and by an event: a trade counts once, by its
/// number.
/// </summary>
internal static class OrderReports
{
    /// <summary>Trades that were made with the placement itself, in the answer to it, and the end of the order where it came to one.</summary>
    /// <param name="rateOf">What one of an asset is worth in quote currency; 0 where nobody knows.</param>
    public static void AddPlaced(List<ExecutionReport> reports, long orderId, ExchangeOrder order, SymbolRules rules, Func<string, decimal> rateOf)
    {
        var (traded, time) = (0m, order.TransactTime ?? default);
        foreach (var fill in order.Fills)
        {
            traded += fill.Quantity;
            var fee = FeeTaken.Of(fill.Commission, fill.CommissionAsset, fill.Price, rules, rateOf(fill.CommissionAsset));
            reports.Add(Trade(orderId, OcoLeg.None, fill.TradeId, fill.Quantity, fill.Price, fee, traded, time) with { IsLast = order.IsDone && traded == order.Executed });
        }

        if (order.IsDone && order.Status != BinanceOrderStatus.Filled) reports.Add(End(orderId, order.Status, order.Executed, time));
    }

    /// <summary>All trades of an order that was looked up, and its end where it came to one.</summary>
    /// <param name="isAlone">False for the leg of an OCO, whose end is that of the list.</param>
    public static void AddFound(List<ExecutionReport> reports, long orderId, OcoLeg leg, ExchangeOrder order, IReadOnlyList<AccountTrade> trades, SymbolRules rules, Func<string, decimal> rateOf, bool isAlone)
    {
        var traded = 0m;
        foreach (var trade in trades)
        {
            traded += trade.Quantity;
            var fee = FeeTaken.Of(trade.Commission, trade.CommissionAsset, trade.Price, rules, rateOf(trade.CommissionAsset));
            reports.Add(Trade(orderId, leg, trade.Id, trade.Quantity, trade.Price, fee, traded, trade.Time) with { IsLast = isAlone && order.Status == BinanceOrderStatus.Filled && traded == order.Executed });
        }

        if (isAlone && order.IsDone && order.Status != BinanceOrderStatus.Filled) reports.Add(End(orderId, order.Status, order.Executed, order.UpdateTime ?? order.TransactTime ?? default));
    }

    /// <summary>The end of an OCO both of whose legs are done.</summary>
    /// <param name="tradedInAll">By both legs, base currency.</param>
    public static ExecutionReport EndOfList(long orderId, decimal tradedInAll, bool isCanceled, DateTime time) =>
        new() { Kind = isCanceled ? ReportKind.Canceled : ReportKind.Expired, OrderId = orderId, TradedInAll = tradedInAll, IsLast = true, Time = time };

    /// <summary>The target of an OCO has begun to trade, and the exchange has dropped the stop.</summary>
    public static ExecutionReport StopGone(long orderId, DateTime time) =>
        new() { Kind = ReportKind.Expired, OrderId = orderId, Leg = OcoLeg.Stop, Reason = RejectReason.OtherLegFilled, Time = time };

    public static ExecutionReport Trade(long orderId, OcoLeg leg, long tradeId, decimal quantity, decimal price, FeeTaken fee, decimal tradedInAll, DateTime time) => new()
    {
        Kind = ReportKind.Traded,
        OrderId = orderId,
        Leg = leg,
        TradeId = tradeId,
        Quantity = quantity,
        Price = price,
        Fee = fee.Amount,
        FeeAsset = fee.Asset,
        FeeValue = fee.Value,
        TradedInAll = tradedInAll,
        Time = time,
    };

    /// <summary>The end of an order that is no OCO, and was not filled.</summary>
    /// <param name="executed">What it has traded in all, base currency.</param>
    public static ExecutionReport End(long orderId, BinanceOrderStatus status, decimal executed, DateTime time) => new()
    {
        Kind = status switch { BinanceOrderStatus.Canceled => ReportKind.Canceled, BinanceOrderStatus.Rejected => ReportKind.Rejected, _ => ReportKind.Expired },
        OrderId = orderId,
        Reason = status == BinanceOrderStatus.Rejected ? RejectReason.Refused : RejectReason.None,
        TradedInAll = executed,
        IsLast = true,
        Time = time,
    };
}
