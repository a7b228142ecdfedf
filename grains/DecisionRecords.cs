using System.Globalization;
using OrleansTrader.Core.Market;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <summary>Decisions together with what became of them.</summary>
internal static class DecisionRecords
{
    private const string Refused = "refused";
    private const string Kept = "kept";
    private const string Left = "left";
    private const string Reduced = "reduced";

    /// <param name="fills">All fills, oldest first.</param>
    /// <param name="trades">All closed trades, oldest first.</param>
    public static DecisionRecordView Of(DecisionView decision, List<FillView> fills, List<TradeView> trades)
    {
        var order = OrderOf(decision, fills);
        var own = order == 0 ? [] : fills.FindAll(fill => fill.OrderId == order);
        // A decision to leave may lead to its order later, once the stop is taken back: its trade is the next that closes all the same.
        var trade = decision.Kind is Refused or Kept ? null : trades.Find(closed => closed.Sequence > decision.Sequence && string.Equals(closed.Symbol, decision.Symbol, StringComparison.Ordinal));
        return new DecisionRecordView(decision, string.Join(' ', Sentences(decision, own, trade)), [.. own], trade);
    }

    /// <summary>The order that came of it; what rested on the exchange is taken back first, so that a sale may have its order later. 0 for none.</summary>
    private static long OrderOf(DecisionView decision, List<FillView> fills)
    {
        if (decision.OrderId != 0) return decision.OrderId;
        var purpose = decision.Kind switch { Left => OrderPurpose.Exit, Reduced => OrderPurpose.Reduction, _ => OrderPurpose.None };
        if (purpose == OrderPurpose.None) return 0;
        var sale = fills.Find(fill => fill.Sequence > decision.Sequence && fill.Purpose == purpose && string.Equals(fill.Symbol, decision.Symbol, StringComparison.Ordinal));
        return sale?.OrderId ?? 0;
    }

    private static IEnumerable<string> Sentences(DecisionView decision, List<FillView> fills, TradeView? trade)
    {
        yield return decision.Text;
        if (decision.Kind is Refused or Kept) yield break;
        if (fills.Count > 0)
        {
            var (quantity, value, fee) = (fills.Sum(fill => fill.Quantity), fills.Sum(fill => fill.Quantity * fill.Price), fills.Sum(fill => fill.Fee));
            var verb = fills[0].Side == OrderSide.Buy ? "bought" : "sold";
            yield return Text($"Order {fills[0].OrderId} {verb} {quantity:0.########} at {value / quantity:0.########} on average in {fills.Count} {(fills.Count == 1 ? "trade" : "trades")}, fee {fee:0.00##}.");
        }

        yield return trade is null
            ? "The position is not closed yet."
            : Text($"The position was closed on {trade.ExitTime:yyyy-MM-dd HH:mm} by {trade.Exit.ToString().ToLowerInvariant()} at {trade.ExitPrice:0.########}: {trade.Pnl:+0.00;-0.00;0.00} after fees.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
