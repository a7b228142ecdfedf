using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts;

/// <summary>Applies facts to an account's state; nothing else changes it, so a journal of facts rebuilds the state exactly.</summary>
public static class Ledger
{
    /// <summary>Decimals to which the cost of a partial sale is rounded, in quote currency.</summary>
    private const int CostDecimals = 8;

    public static void Apply(AccountState state, in Fact fact)
    {
        state.Sequence++;
        switch (fact.Kind)
        {
            case FactKind.Filled: ApplyFill(state, in fact); break;
            case FactKind.OrderCreated: Create(state, in fact); break;
            case FactKind.OrderAccepted: OrderAt(state, fact.OrderId).Status = OrderStatus.Accepted; break;
            case FactKind.OrderUnknown: OrderAt(state, fact.OrderId).Status = OrderStatus.Unknown; break;
            case FactKind.OrderRejected or FactKind.OrderClosed: Remove(state, fact.OrderId); break;
            case FactKind.OrderEnding: OrderAt(state, fact.OrderId).EndsAt = fact.Quantity; break;
            case FactKind.CancelRequested: RequestCancel(state, in fact); break;
            case FactKind.CancelRefused: OrderAt(state, fact.OrderId).CancelTime = default; break;
            case FactKind.StopLegGone: OrderAt(state, fact.OrderId).IsStopGone = true; break;
            case FactKind.ExitStarted: PositionOf(state, fact.Symbol!).Leaving = fact.Exit; break;
            case FactKind.PositionClosed: Close(PositionOf(state, fact.Symbol!), in fact); break;
            case FactKind.ProtectionLost: PositionOf(state, fact.Symbol!).Leaving = ExitReason.ProtectionLost; break;
            case FactKind.DustLeft: LeaveDust(PositionOf(state, fact.Symbol!)); break;
            case FactKind.EntryRefused: PositionOf(state, fact.Symbol!).LastRefusal = fact.Refusal; break;
            case FactKind.RunStateChanged: state.Run = fact.Run; break;
            case FactKind.SymbolListed: List(state, in fact); break;
            case FactKind.AccountOpened: Open(state, in fact); break;
            default: throw new InvalidOperationException($"No rule applies the fact {fact.Kind} to an account.");
        }
    }

    /// <summary>The index of the open order, or -1.</summary>
    public static int IndexOfOrder(AccountState state, long orderId)
    {
        var orders = CollectionsMarshal.AsSpan(state.Orders);
        for (var i = 0; i < orders.Length; i++)
            if (orders[i].Id == orderId)
                return i;
        return -1;
    }

    /// <summary>The slot of the symbol, or -1.</summary>
    public static int SlotOf(AccountState state, string symbol)
    {
        var positions = CollectionsMarshal.AsSpan(state.Positions);
        for (var i = 0; i < positions.Length; i++)
            if (string.Equals(positions[i].Symbol, symbol, StringComparison.Ordinal))
                return i;
        return -1;
    }

    private static void Open(AccountState state, in Fact fact)
    {
        state.Market = fact.Market!;
        state.Interval = fact.Interval;
        state.StartCash = state.Cash = fact.Amount;
        state.Run = fact.Run;
        state.Equity.Begin((double)fact.Amount);
    }

    private static void List(AccountState state, in Fact fact)
    {
        var slot = SlotOf(state, fact.Symbol!);
        if (slot >= 0)
        {
            state.Positions[slot].Rules = fact.Rules!;
            return;
        }

        var position = new Position { Symbol = fact.Symbol!, Rules = fact.Rules! };
        position.Record.Equity.Begin((double)state.StartCash);
        state.Positions.Add(position);
    }

    private static void Create(AccountState state, in Fact fact)
    {
        state.Orders.Add(new OpenOrder { Request = fact.ToRequest(), Reserved = fact.Amount, BudgetLeft = fact.Amount });
        if (fact.Side == OrderSide.Buy) state.Reserved += fact.Amount;
        state.NextOrderId = Math.Max(state.NextOrderId, fact.OrderId + 1);

        var position = PositionOf(state, fact.Symbol!);
        switch (fact.Purpose)
        {
            case OrderPurpose.Entry:
                position.EntryOrderId = fact.OrderId;
                position.Stop = fact.Stop;
                position.Target = fact.Target;
                position.Leaving = ExitReason.None;
                position.LastRefusal = default;
                break;
            case OrderPurpose.Protection: position.ProtectionOrderId = fact.OrderId; break;
            case OrderPurpose.Exit:
                position.ExitOrderId = fact.OrderId;
                position.Leaving = fact.Exit;
                break;
            default: throw new InvalidOperationException($"An order with purpose {fact.Purpose} cannot be created.");
        }
    }

    private static void RequestCancel(AccountState state, in Fact fact)
    {
        ref var order = ref OrderAt(state, fact.OrderId);
        order.CancelTime = fact.Time;
        order.CancelSequence = state.Sequence;
    }

    private static void ApplyFill(AccountState state, in Fact fact)
    {
        ref var order = ref OrderAt(state, fact.OrderId);
        var position = PositionOf(state, order.Request.Symbol);
        order.Status = OrderStatus.Accepted;
        order.Traded += fact.Quantity;
        order.LastTradeTime = fact.Time;
        if (fact.Leg == OcoLeg.Stop) order.IsStopTriggered = true;
        if (!fact.IsLast) state.BookedTrades.Add(new BookedTrade(fact.OrderId, fact.TradeId));
        state.LastTradeId = Math.Max(state.LastTradeId, fact.TradeId);
        state.Fees += fact.Fee;
        position.Record.Fees += fact.Fee;
        position.Tally.Fees += fact.Fee;

        if (order.Request.Side == OrderSide.Buy) ApplyBuy(state, ref order, position, in fact);
        else ApplySell(state, position, in fact);
        if (fact.IsLast) Remove(state, fact.OrderId);
    }

    private static void ApplyBuy(AccountState state, ref OpenOrder order, Position position, in Fact fact)
    {
        var value = fact.Quantity * fact.Price;
        var cost = value + fact.Fee;
        var release = Math.Min(cost, order.Reserved);
        order.Reserved -= release;
        order.BudgetLeft -= cost;
        state.Reserved -= release;
        state.Cash -= cost;

        if (position.Quantity == 0) position.EntryTime = fact.Time;
        position.Quantity += fact.Quantity + position.Dust;
        position.Cost += cost + position.DustCost;
        position.Dust = position.DustCost = 0;

        var tally = position.Tally;
        tally.Bought += fact.Quantity;
        tally.Paid += value;
        tally.LastBuyPrice = fact.Price;
        tally.Buys++;
    }

    private static void ApplySell(AccountState state, Position position, in Fact fact)
    {
        var value = fact.Quantity * fact.Price;
        var proceeds = value - fact.Fee;
        var cost = fact.Quantity >= position.Quantity
            ? position.Cost
            : decimal.Round(position.Cost * fact.Quantity / position.Quantity, CostDecimals);
        state.Cash += proceeds;
        position.Quantity -= fact.Quantity;
        position.Cost -= cost;
        position.Record.RealisedPnl += proceeds - cost;

        var tally = position.Tally;
        tally.Sold += fact.Quantity;
        tally.Received += value;
        tally.Pnl += proceeds - cost;
        tally.LastSellPrice = fact.Price;
        tally.Sells++;
        tally.Exit = fact.Exit;
    }

    private static void Remove(AccountState state, long orderId)
    {
        ref var order = ref OrderAt(state, orderId);
        var position = PositionOf(state, order.Request.Symbol);
        if (order.Request.Side == OrderSide.Buy) state.Reserved -= order.Reserved;
        state.Orders.RemoveAt(IndexOfOrder(state, orderId));
        for (var i = state.BookedTrades.Count - 1; i >= 0; i--)
            if (state.BookedTrades[i].OrderId == orderId)
                state.BookedTrades.RemoveAt(i);

        if (position.EntryOrderId == orderId) position.EntryOrderId = 0;
        if (position.ProtectionOrderId == orderId) position.ProtectionOrderId = 0;
        if (position.ExitOrderId == orderId) position.ExitOrderId = 0;
        if (position.IsIdle) position.Leaving = ExitReason.None;
    }

    private static void Close(Position position, in Fact fact)
    {
        position.LastExitTime = fact.Time;
        position.Record.Trades++;
        if (fact.Amount > 0) position.Record.Wins++;
        position.Tally.Clear();
        if (position.EntryOrderId == 0) position.Stop = position.Target = 0;
        position.Leaving = ExitReason.None;
    }

    private static void LeaveDust(Position position)
    {
        position.Dust += position.Quantity;
        position.DustCost += position.Cost;
        position.Quantity = position.Cost = 0;
    }

    private static ref OpenOrder OrderAt(AccountState state, long orderId)
    {
        var index = IndexOfOrder(state, orderId);
        if (index < 0) throw new InvalidOperationException($"Order {orderId} is not open in account {state.Name}.");
        return ref CollectionsMarshal.AsSpan(state.Orders)[index];
    }

    private static Position PositionOf(AccountState state, string symbol)
    {
        var slot = SlotOf(state, symbol);
        return slot >= 0
            ? state.Positions[slot]
            : throw new InvalidOperationException($"Symbol {symbol} is not listed in account {state.Name}.");
    }
}
