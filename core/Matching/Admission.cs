using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Matching;

/// <summary>Whether the simulated exchange lets an order in: the rules of its symbol, the latest price and the balances.</summary>
internal static class Admission
{
    /// <param name="freeCash">Quote currency that no resting order has locked.</param>
    /// <param name="withFee">1 plus the fee rate.</param>
    /// <returns><see cref="RejectReason.None"/> when the order may rest.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RejectReason Judge(SymbolBook book, in OrderRequest request, decimal freeCash, decimal withFee)
    {
        foreach (ref readonly var resting in CollectionsMarshal.AsSpan(book.Orders))
            if (resting.OrderId == request.OrderId)
                return RejectReason.DuplicateOrder;

        var rules = book.Rules;
        // A purchase at the market names what it may cost: how much that buys is known at the open alone.
        var isByBudget = request is { Side: OrderSide.Buy, Type: OrderType.Market };
        var isSized = isByBudget
            ? Exact.IsZero(request.Quantity) && Exact.IsPositive(request.Budget)
            : Exact.IsPositive(request.Quantity) && rules.IsOnStep(request.Quantity);
        if (!isSized) return RejectReason.BadQuantity;
        if (!IsPrice(rules, request.LimitPrice) || !IsPrice(rules, request.StopPrice)) return RejectReason.BadPrice;

        var last = book.PriceAt(request.ActiveFrom);
        var worth = isByBudget ? (double)request.Budget : (double)request.Quantity * WorstPrice(in request, last);
        if (worth < book.MinNotional) return RejectReason.BelowMinNotional;
        var reason = request.Type == OrderType.Market ? RejectReason.None : ReasonAgainstPrices(in request, last);
        if (reason != RejectReason.None) return reason;

        var isCovered = request.Side == OrderSide.Buy
            ? Exact.IsSameOrLess(isByBudget ? request.Budget : request.Quantity * request.LimitPrice * withFee, freeCash)
            : Exact.IsSameOrLess(request.Quantity, Exact.Minus(book.Owned, book.Locked));
        return isCovered ? RejectReason.None : RejectReason.InsufficientBalance;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPrice(SymbolRules rules, decimal price) => Exact.IsZero(price) || (Exact.IsPositive(price) && rules.IsOnTick(price));

    private static double WorstPrice(in OrderRequest request, double last)
    {
        if (Exact.IsPositive(request.StopPrice)) return (double)request.StopPrice;
        return Exact.IsPositive(request.LimitPrice) ? (double)request.LimitPrice : last;
    }

    private static RejectReason ReasonAgainstPrices(in OrderRequest request, double last)
    {
        var stop = (double)request.StopPrice;
        var limit = (double)request.LimitPrice;
        var isSell = request.Side == OrderSide.Sell;
        return request.Type switch
        {
            OrderType.Limit when limit == 0 => RejectReason.BadPrice,
            OrderType.Stop or OrderType.Oco when stop == 0 => RejectReason.BadPrice,
            OrderType.Stop when (isSell ? stop >= last : stop <= last) => RejectReason.WouldTriggerAtOnce,
            OrderType.Oco when limit == 0 || !(isSell ? stop < last && last < limit : limit < last && last < stop) => RejectReason.WouldTriggerAtOnce,
            OrderType.Limit or OrderType.Stop or OrderType.Oco => RejectReason.None,
            _ => RejectReason.BadPrice,
        };
    }

    /// <summary>Tells that an order may not rest.</summary>
    public static void Reject(in OrderRequest request, RejectReason reason, List<ExecutionReport> reports) =>
        reports.Add(new ExecutionReport { Kind = ReportKind.Rejected, OrderId = request.OrderId, Reason = reason, IsLast = true, Time = request.ActiveFrom });
}
