using System.Collections.Frozen;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Streams.Account;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>
/// Turns the exchange's events about the orders of an account into reports that the account books. Orders of others, and of its owner by
/// hand, are none of them.
/// </summary>
/// <remarks>The two legs of an OCO are one order of the account, which ends when both have. Used by one caller at a time.</remarks>
public sealed class OrderEvents(OrderNames names, FrozenDictionary<string, SymbolListing> listings, AssetRates rates)
{
    private readonly Dictionary<long, Legs> _lists = [];

    /// <summary>Adds what an event says; nothing for one of an order that is not the account's.</summary>
    public void AddTo(List<ExecutionReport> reports, OrderReport told)
    {
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentNullException.ThrowIfNull(told);
        var name = told.OrigClientOrderId.Length > 0 ? told.OrigClientOrderId : told.ClientOrderId;
        if (!names.TryParse(name, out var orderId, out var leg) || !listings.TryGetValue(told.Symbol, out var listing)) return;
        var isDone = told.Status.IsDone();
        if (told.Execution == ExecutionType.New) reports.Add(new ExecutionReport { Kind = ReportKind.Accepted, OrderId = orderId, Time = told.TransactTime });
        if (told.Execution == ExecutionType.Trade) reports.Add(TradeOf(told, orderId, leg, listing.Rules) with { IsLast = leg == OcoLeg.None && isDone });
        else if (leg == OcoLeg.None && isDone) reports.Add(OrderReports.End(orderId, told.Status, told.Executed, told.TransactTime));
        if (leg != OcoLeg.None) Follow(reports, told, orderId, leg, isDone);
    }

    private ExecutionReport TradeOf(OrderReport told, long orderId, OcoLeg leg, SymbolRules rules)
    {
        var fee = FeeTaken.Of(told.Commission, told.CommissionAsset, told.LastPrice, rules, rates.Latest(told.CommissionAsset, rules.QuoteAsset));
        return OrderReports.Trade(orderId, leg, told.TradeId, told.LastQuantity, told.LastPrice, fee, told.Executed, told.TransactTime);
    }

    private void Follow(List<ExecutionReport> reports, OrderReport told, long orderId, OcoLeg leg, bool isDone)
    {
        var legs = _lists.GetValueOrDefault(orderId).With(leg, told, isDone);
        _lists[orderId] = legs;
        if (legs is { IsStopDone: true, IsTargetDone: true })
        {
            _lists.Remove(orderId);
            reports.Add(OrderReports.EndOfList(orderId, legs.Stop + legs.Target, legs.IsCanceled, told.TransactTime));
        }
        else if (leg == OcoLeg.Stop && isDone && told.Execution == ExecutionType.Expired)
        {
            reports.Add(OrderReports.StopGone(orderId, told.TransactTime));
        }
    }

    /// <summary>What is known of the legs of an OCO: what each has traded, base currency, and whether it is done.</summary>
    private readonly record struct Legs(decimal Stop, decimal Target, bool IsStopDone, bool IsTargetDone, bool IsCanceled)
    {
        public Legs With(OcoLeg leg, OrderReport told, bool isDone)
        {
            var isCanceled = IsCanceled || told.Status == BinanceOrderStatus.Canceled;
            // Events of one order may come twice, and the earlier one after the later.
            return leg == OcoLeg.Stop
                ? this with { Stop = Math.Max(Stop, told.Executed), IsStopDone = IsStopDone || isDone, IsCanceled = isCanceled }
                : this with { Target = Math.Max(Target, told.Executed), IsTargetDone = IsTargetDone || isDone, IsCanceled = isCanceled };
        }
    }
}
