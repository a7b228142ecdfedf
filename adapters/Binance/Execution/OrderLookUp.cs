using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>Finds out by the names of an account's orders what has become of them.</summary>
internal sealed class OrderLookUp(AccountCalls account, AssetRates rates, OrderNames names)
{
    /// <summary>By name: as the order was sent, as its cancellation has renamed it, or as a list.</summary>
    public async Task<LookUp> FindAsync(OrderRequest request, SymbolRules rules, CancellationToken cancellation)
    {
        // Only these rest as lists; of a cancellation the type is not known.
        if (request.Type == OrderType.Oco || (request is { Kind: RequestKind.Cancel, Purpose: OrderPurpose.Protection }))
        {
            var list = await FindListAsync(request, rules, cancellation);
            if (request.Type == OrderType.Oco || list is not LookUp.Missing) return list;
        }

        foreach (var name in new[] { names.Of(request.OrderId), names.CancellationOf(request.OrderId) })
        {
            var answer = await account.OrderAsync(OrderName.Of(request.Symbol, name), cancellation);
            if (answer.TryGet(out var order)) return await ToldAsync(request.OrderId, [(OcoLeg.None, order)], rules, cancellation);
            if (!IsUnknownOrder(answer.Error!)) return new LookUp.Unanswered();
        }

        return new LookUp.Missing();
    }

    /// <summary>Among the latest orders of the symbol, whatever name they are under: the last look before an order counts as never arrived.</summary>
    public async Task<LookUp> ScanAsync(OrderRequest request, SymbolRules rules, CancellationToken cancellation)
    {
        var answer = await account.AllOrdersAsync(request.Symbol, cancellation: cancellation);
        if (!answer.TryGet(out var latest)) return new LookUp.Unanswered();
        List<(OcoLeg Leg, ExchangeOrder Order)> own = [];
        foreach (var order in latest)
            if (names.TryParse(order.ClientOrderId, out var id, out var leg) && id == request.OrderId)
                own.Add((leg, order));
        return own.Count == 0 ? new LookUp.Missing() : await ToldAsync(request.OrderId, own, rules, cancellation);
    }

    private async Task<LookUp> FindListAsync(OrderRequest request, SymbolRules rules, CancellationToken cancellation)
    {
        var answer = await account.OrderListAsync(OrderName.Of(request.Symbol, names.Of(request.OrderId)), cancellation);
        if (!answer.TryGet(out var list)) return IsUnknownOrder(answer.Error!) ? new LookUp.Missing() : new LookUp.Unanswered();
        List<(OcoLeg Leg, ExchangeOrder Order)> legs = [];
        foreach (var listed in list.Orders)
        {
            var leg = await account.OrderAsync(new OrderName(request.Symbol, listed.OrderId), cancellation);
            if (!leg.TryGet(out var order)) return new LookUp.Unanswered();
            // By its type: a cancellation of the list has given it another name.
            legs.Add((order.Type is BinanceOrderType.StopLoss or BinanceOrderType.StopLossLimit ? OcoLeg.Stop : OcoLeg.Target, order));
        }

        return await ToldAsync(request.OrderId, legs, rules, cancellation);
    }

    private async Task<LookUp> ToldAsync(long orderId, List<(OcoLeg Leg, ExchangeOrder Order)> found, SymbolRules rules, CancellationToken cancellation)
    {
        var reports = new List<ExecutionReport>();
        var isAlone = found.Count == 1 && found[0].Leg == OcoLeg.None;
        var isWhole = true;
        foreach (var (leg, order) in found)
        {
            AccountTrade[] trades = [];
            if (order.Executed > 0 && !(await account.TradesOfAsync(order.Symbol, order.OrderId, cancellation)).TryGet(out trades!)) return new LookUp.Unanswered();
            foreach (var asset in trades.Select(trade => trade.CommissionAsset).Distinct(StringComparer.Ordinal)) await rates.LearnAsync(asset, rules, cancellation);
            isWhole &= trades.Sum(trade => trade.Quantity) == order.Executed;
            OrderReports.AddFound(reports, orderId, leg, order, trades, rules, asset => rates.Latest(asset, rules.QuoteAsset), isAlone);
        }

        var isDone = found.TrueForAll(one => one.Order.IsDone);
        if (!isAlone) AddEndOfList(reports, orderId, found, isDone);
        return new LookUp.Found(reports, isWhole, isDone);
    }

    private static void AddEndOfList(List<ExecutionReport> reports, long orderId, List<(OcoLeg Leg, ExchangeOrder Order)> legs, bool isDone)
    {
        var time = legs.Max(one => one.Order.UpdateTime ?? default);
        if (isDone) reports.Add(OrderReports.EndOfList(orderId, legs.Sum(one => one.Order.Executed), legs.Exists(one => one.Order.Status == BinanceOrderStatus.Canceled), time));
        else if (legs.Exists(one => one is { Leg: OcoLeg.Stop, Order.IsDone: true })) reports.Add(OrderReports.StopGone(orderId, time));
    }

    // Of lists the published table has no number: the words say it.
    private static bool IsUnknownOrder(BinanceError error) =>
        error.Kind == BinanceErrorKind.Rejected && (error.Code == AccountCalls.NoSuchOrder || error.Message.Contains("does not exist", StringComparison.OrdinalIgnoreCase));
}
