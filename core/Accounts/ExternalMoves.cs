using System.Runtime.CompilerServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts;

/// <summary>Books what came or went by no order of the account: money, and coins of a symbol, as when its owner trades by hand.</summary>
internal static class ExternalMoves
{
    /// <summary>Each of them counts once, whenever it is reported again.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Book(Account account, Settlement settlement, in ExecutionReport report)
    {
        var state = account.State;
        var isKnown = state.BookedFlows.Knows(report.TradeId) || (state.BookedFlows.Latest.Count == 0 && report.TradeId <= state.LastFlowId);
        if (isKnown) return;
        if (report.Kind == ReportKind.FundsMoved) BookFunds(account, settlement, in report);
        else if (Ledger.SlotOf(state, report.Symbol!) is >= 0 and var slot) BookHolding(account, settlement, state.Positions[slot], in report);
    }

    /// <summary>Gives its owner all that the account has of a symbol which the exchange has no more, at the latest close: its orders went with it.</summary>
    public static void HandOver(Account account, Settlement settlement, Position position, DateTime time)
    {
        foreach (var order in account.State.Orders.Where(order => string.Equals(order.Request.Symbol, position.Symbol, StringComparison.Ordinal)).ToArray())
            account.Raise(new Fact { Kind = FactKind.OrderClosed, Time = time, Symbol = position.Symbol, OrderId = order.Id });
        Give(position.Quantity + position.External);
        Give(position.Dust);

        void Give(decimal quantity)
        {
            if (quantity == 0) return;
            BookHolding(account, settlement, position, new ExecutionReport { Kind = ReportKind.HoldingMoved, Symbol = position.Symbol, TradeId = account.State.LastFlowId + 1, Quantity = -quantity, Time = time });
        }
    }

    private static void BookFunds(Account account, Settlement settlement, in ExecutionReport report)
    {
        var state = account.State;
        account.Raise(new Fact { Kind = FactKind.FundsMoved, Time = report.Time, TradeId = report.TradeId, Amount = report.Quantity, Equity = state.EquityValue });
        account.RevalueFunds();
        // The exchange would refuse what nothing pays for any more.
        if (state.Reserved > state.Cash) settlement.CancelEntries(report.Time);
    }

    private static void BookHolding(Account account, Settlement settlement, Position position, in ExecutionReport report)
    {
        var price = report.Price > 0 ? report.Price : position.MarkPrice;
        var gone = Math.Max(0, -report.Quantity);
        var missing = Math.Max(0, gone - position.External - position.TotalQuantity);
        // Told before what it was taken from.
        if (report.Quantity > 0) missing = -Math.Min(report.Quantity, position.Missing);
        var quantity = report.Quantity + missing;
        var isSold = gone > 0 && gone - missing > position.External;
        var wasHeld = position.IsHeld;
        var equity = account.State.EquityValue;
        if (isSold && !wasHeld)
            account.Raise(new Fact { Kind = FactKind.DustTaken, Time = report.Time, Symbol = position.Symbol, Quantity = position.Dust, Exit = ExitReason.External });
        account.Raise(new Fact
        {
            Kind = FactKind.HoldingMoved,
            Time = report.Time,
            Symbol = position.Symbol,
            TradeId = report.TradeId,
            Quantity = quantity,
            Price = price,
            Amount = quantity * price,
            Equity = equity,
        });
        if (missing != 0)
            account.Raise(new Fact { Kind = FactKind.HoldingMissing, Time = report.Time, Symbol = position.Symbol, TradeId = report.TradeId, Quantity = missing });
        if (isSold) Follow(account, settlement, position, wasHeld, report.Time);
        account.RevalueFunds();
    }

    /// <summary>A part of what the account held is gone: what works on it must not sell more than is left.</summary>
    private static void Follow(Account account, Settlement settlement, Position position, bool wasHeld, DateTime time)
    {
        if (!wasHeld && position.IsHeld)
        {
            settlement.LeaveAsDust(position, time);
            return;
        }

        if (wasHeld && position.EntryOrderId != 0) settlement.RequestCancel(position, position.EntryOrderId, OrderPurpose.Entry, time);
        settlement.TakeBackIfTooLarge(position, position.ExitOrderId, OrderPurpose.Exit, time);
        settlement.TakeBackIfTooLarge(position, position.ReductionOrderId, OrderPurpose.Reduction, time);
        settlement.TakeBackIfTooLarge(position, position.ProtectionOrderId, OrderPurpose.Protection, time);
        if (!position.IsHeld) settlement.Close(position, time);
        settlement.Cover(position, time);
    }
}
