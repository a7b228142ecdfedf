using System.Globalization;
using OrleansTrader.Core.Market;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <summary>Decisions together with what became of them.</summary>
internal static class DecisionRecords
{
    /// <param name="fills">All fills, oldest first.</param>
    /// <param name="trades">All closed trades, oldest first.</param>
    public static DecisionRecordView Of(DecisionView decision, List<FillView> fills, List<TradeView> trades)
    {
        var own = decision.OrderId == 0 ? [] : fills.FindAll(fill => fill.OrderId == decision.OrderId);
        // A decision to leave may lead to its order later, once the stop is taken back: its trade is the next that closes all the same.
        var trade = decision.Kind is "refused" ? null : trades.Find(closed => closed.Sequence > decision.Sequence && string.Equals(closed.Symbol, decision.Symbol, StringComparison.Ordinal));
        return new DecisionRecordView(decision, string.Join(' ', Sentences(decision, own, trade)), [.. own], trade);
    }

    private static IEnumerable<string> Sentences(DecisionView decision, List<FillView> fills, TradeView? trade)
    {
        yield return decision.Text;
        if (decision.Kind is "refused") yield break;
        if (fills.Count > 0)
        {
            var (quantity, value, fee) = (fills.Sum(fill => fill.Quantity), fills.Sum(fill => fill.Quantity * fill.Price), fills.Sum(fill => fill.Fee));
            var verb = fills[0].Side == OrderSide.Buy ? "bought" : "sold";
            yield return Text($"Order {decision.OrderId} {verb} {quantity:0.########} at {value / quantity:0.########} on average in {fills.Count} {(fills.Count == 1 ? "trade" : "trades")}, fee {fee:0.00##}.");
        }

        yield return trade is null
            ? "The position is not closed yet."
            : Text($"The position was closed on {trade.ExitTime:yyyy-MM-dd HH:mm} by {trade.Exit.ToString().ToLowerInvariant()} at {trade.ExitPrice:0.########}: {trade.Pnl:+0.00;-0.00;0.00} after fees.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
