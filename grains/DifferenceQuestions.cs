using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Grains;

/// <summary>Asks a live exchange about orders in which it and the account differ, and takes back those that the account is done with.</summary>
internal sealed class DifferenceQuestions(ILiveExchange exchange, OrderTraffic traffic, RequestLines lines)
{
    /// <summary>One order of each symbol at a time; the next look brings the others.</summary>
    /// <param name="watch">Learns what the exchange has told of.</param>
    public void Ask(AccountState account, Differences differences, DifferenceWatch watch, CancellationToken cancellation)
    {
        foreach (var stray in differences.Strays.Where(stray => watch.MayTakeBack && lines.IsFree(stray.Symbol)))
            lines.Start(TakingBack(stray), () => TakeBackAsync(stray, watch, cancellation));
        foreach (var order in differences.Orders.Where(order => lines.IsFree(order.Symbol)))
            lines.Start(order, () => LookUpAsync(order, account.Orders.Find(open => open.Id == order.OrderId).Traded, watch, cancellation));
    }

    private async Task TakeBackAsync(RestingOrder stray, DifferenceWatch watch, CancellationToken cancellation) =>
        Note(watch, stray.OrderId, await exchange.SendAsync(TakingBack(stray), cancellation));

    private OrderRequest TakingBack(RestingOrder stray) =>
        OrderRequest.Cancel(stray.OrderId, stray.Symbol, stray.Leg == OcoLeg.None ? OrderPurpose.Exit : OrderPurpose.Protection, exchange.Now);

    private async Task LookUpAsync(OrderRequest order, decimal traded, DifferenceWatch watch, CancellationToken cancellation)
    {
        var found = await exchange.FindAsync(order, cancellation);
        Note(watch, order.OrderId, found);
        if (found.Kind != OrderOutcomeKind.Rejected) return;
        // It was confirmed, and the exchange knows nothing of it any more.
        traffic.Tell(
            new ExecutionReport { Kind = ReportKind.Differs, Symbol = order.Symbol, Quantity = 1, Time = exchange.Now },
            new ExecutionReport { Kind = ReportKind.Canceled, OrderId = order.OrderId, IsLast = true, Time = exchange.Now, TradedInAll = traded });
    }

    private static void Note(DifferenceWatch watch, long orderId, OrderOutcome told)
    {
        if (told.Kind != OrderOutcomeKind.Unknown) watch.NoteAnswer(orderId);
    }
}
