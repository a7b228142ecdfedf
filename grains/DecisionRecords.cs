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

    /// <param name="decisions">All decisions, oldest first, and so the other lists.</param>
    public static DecisionRecordView Of(DecisionView decision, List<DecisionView> decisions, List<FillView> fills, List<TradeView> trades)
    {
        if (decision.Kind is Refused or Kept) return new DecisionRecordView(decision, decision.Text, [], Trade: null);
        var isPurchase = decision.Kind is not (Left or Reduced);
        var begin = isPurchase ? decision.Sequence : trades.FindLast(trade => trade.Sequence < decision.Sequence && IsOf(trade.Symbol))?.Sequence ?? 0;
        var end = isPurchase ? long.MaxValue : NextPurchase(decision, decisions, fills);
        var own = isPurchase ? fills.FindAll(fill => fill.OrderId == decision.OrderId) : Sale();
        var isHeld = isPurchase ? own.Count > 0 : fills.Exists(fill => fill.Side == OrderSide.Buy && fill.Sequence > begin && fill.Sequence < end && IsOf(fill.Symbol));
        var trade = isHeld ? trades.Find(closed => closed.Sequence > (isPurchase ? own[0].Sequence : decision.Sequence) && closed.Sequence < end && IsOf(closed.Symbol)) : null;
        return new DecisionRecordView(decision, string.Join(' ', Sentences(decision, own, isHeld, trade)), [.. own], trade);

        // What rested on the exchange is taken back first, so that a sale may have its order later.
        List<FillView> Sale()
        {
            var purpose = string.Equals(decision.Kind, Left, StringComparison.Ordinal) ? OrderPurpose.Exit : OrderPurpose.Reduction;
            var order = decision.OrderId != 0 ? decision.OrderId
                : fills.Find(fill => fill.Purpose == purpose && fill.Sequence > decision.Sequence && fill.Sequence < end && IsOf(fill.Symbol))?.OrderId ?? 0;
            return order == 0 ? [] : fills.FindAll(fill => fill.OrderId == order);
        }

        bool IsOf(string symbol) => string.Equals(symbol, decision.Symbol, StringComparison.Ordinal);
    }

    /// <summary>Number of the first purchase of the symbol that was decided later: from then on what happens is of another trade.</summary>
    private static long NextPurchase(DecisionView decision, List<DecisionView> decisions, List<FillView> fills)
    {
        var known = decisions.FindLast(other => other.Sequence < decision.Sequence && other.OrderId != 0 && other.Kind is not (Left or Reduced) && string.Equals(other.Symbol, decision.Symbol, StringComparison.Ordinal))?.OrderId ?? 0;
        return fills.Find(fill => fill.Side == OrderSide.Buy && fill.Sequence > decision.Sequence && fill.OrderId > known && string.Equals(fill.Symbol, decision.Symbol, StringComparison.Ordinal))?.Sequence ?? long.MaxValue;
    }

    private static IEnumerable<string> Sentences(DecisionView decision, List<FillView> fills, bool isHeld, TradeView? trade)
    {
        yield return decision.Text;
        if (fills.Count > 0)
        {
            var (quantity, value, fee) = (fills.Sum(fill => fill.Quantity), fills.Sum(fill => fill.Quantity * fill.Price), fills.Sum(fill => fill.Fee));
            var verb = fills[0].Side == OrderSide.Buy ? "bought" : "sold";
            yield return Text($"Order {fills[0].OrderId} {verb} {quantity:0.########} at {value / quantity:0.########} on average in {Counted.Of(fills.Count, "trade")}, fee {fee:0.00##}.");
        }

        if (!isHeld) yield return "Nothing has been bought.";
        else yield return trade is null
            ? "The position is not closed yet."
            : Text($"The position was closed on {trade.ExitTime:yyyy-MM-dd HH:mm} by {trade.Exit.ToString().ToLowerInvariant()} at {trade.ExitPrice:0.########}: {trade.Pnl:+0.00;-0.00;0.00} after fees.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
