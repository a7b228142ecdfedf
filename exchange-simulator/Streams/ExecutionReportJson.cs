using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.ExchangeSimulator.Streams;

/// <summary>The event <c>executionReport</c>.</summary>
internal static class ExecutionReportJson
{
    public static void Write(Wire wire, Order order, ExecutionKind kind, Fill? fill, PreventedMatch? prevented, long execution, DateTime now)
    {
        var isOnBook = order is { IsWorking: true, IsOpen: true } && kind != ExecutionKind.Canceled;
        wire.Text("e", "executionReport");
        wire.Time("E", now);
        wire.Text("s", order.Market.Symbol);
        wire.Text("c", order.ClientId);
        wire.Text("S", SideText(order.Side));
        wire.Term("o", order.Kind);
        wire.Term("f", order.TimeInForce);
        wire.Amount("q", order.Quantity);
        wire.Amount("p", order.Price);
        wire.Amount("P", order.Draft.StopPrice);
        wire.Amount("F", order.Draft.IcebergQuantity);
        wire.Number("g", order.List?.Id ?? -1);
        wire.Text("C", kind switch
        {
            ExecutionKind.Canceled => order.OriginalClientId,
            ExecutionKind.Replaced when order.Market.Assumptions.TellsReplacedId => order.Amendments[^1].OldId,
            _ => "",
        });
        wire.Term("x", kind);
        wire.Term("X", order.Status);
        wire.Text("r", "NONE");
        wire.Number("i", order.Id);
        wire.Amount("l", fill?.Quantity ?? 0);
        wire.Amount("z", order.Executed);
        wire.Amount("L", fill?.Price ?? 0);
        if (fill is null) wire.Text("n", "0");
        else wire.Amount("n", fill.Commission);
        wire.Text("N", fill?.CommissionAsset);
        wire.Time("T", now);
        wire.Number("t", fill?.Id ?? -1);
        if (prevented is not null) wire.Number("v", prevented.Id);
        wire.Number("I", execution);
        // Of one that takes, and that will not rest, nothing is on the book once it trades.
        wire.Flag("w", isOnBook && (fill is null || fill.IsMaker || order.Engine is not null && order.Market.Resting.ContainsKey(order.Id)));
        wire.Flag("m", fill?.IsMaker ?? false);
        wire.Flag("M", fill is not null);
        wire.Time("O", order.Created);
        wire.Amount("Z", order.ExecutedValue);
        wire.Amount("Y", fill is null ? 0 : fill.Price * fill.Quantity);
        wire.Amount("Q", order.Draft.Value);
        if (order.WorkingSince is { } since) wire.Time("W", since);
        wire.Term("V", order.SelfTrade);
        if (order.Draft.TrailingDelta > 0) wire.Number("d", order.Draft.TrailingDelta);
        if (order.FollowingSince is { } following) wire.Time("D", following);
        if (order.Draft.StrategyId is { } strategy) wire.Number("j", strategy);
        if (order.Draft.StrategyType is { } strategyType) wire.Number("J", strategyType);
        if (prevented is not null) WritePrevented(wire, order, prevented);
        if (order.Expiry != ExpiryReason.None) wire.Term("eR", order.Expiry);
    }

    public static string SideText(OrderSide side) => side == OrderSide.Buy ? "BUY" : "SELL";

    private static void WritePrevented(Wire wire, Order order, PreventedMatch prevented)
    {
        var isTaker = prevented.Taker == order;
        var quantity = (isTaker ? prevented.TakerQuantity : prevented.MakerQuantity) ?? 0;
        var counter = isTaker ? prevented.Maker : prevented.Taker;
        wire.Amount("A", order.Prevented);
        wire.Amount("B", quantity);
        wire.Number("u", order.Account.Options.TradeGroup);
        wire.Number("U", counter.Id);
        wire.Text("Cs", counter.Market.Symbol);
        wire.Amount("pl", quantity);
        wire.Amount("pL", prevented.Price);
        wire.Amount("pY", quantity * prevented.Price);
    }
}
