using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.Core.Accounts;

/// <summary>Applies facts to an account's state; nothing else changes it, so a journal of facts rebuilds the state exactly.</summary>
public static class Ledger
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply(AccountState state, in Fact fact)
    {
        state.Sequence++;
        // Those of every trade first: a jump through a table costs more than these comparisons.
        if (fact.Kind == FactKind.Filled) ApplyFill(state, in fact);
        else if (fact.Kind == FactKind.OrderCreated) Create(state, in fact);
        else if (fact.Kind == FactKind.PositionClosed) Close(state, in fact);
        else ApplyRarer(state, in fact);
    }

    /// <summary>What <see cref="FactKind.OrderAccepted"/> does, for an account that keeps no facts.</summary>
    internal static void Accept(AccountState state, long orderId)
    {
        state.Sequence++;
        ref var order = ref OrderAt(state, orderId);
        order.Status = OrderStatus.Accepted;
        if (order.Request.Purpose == OrderPurpose.Protection) Exposure.Follow(state, PositionOf(state, order.Request.Symbol), order.Request.ActiveFrom);
    }

    /// <summary>The index of the open order, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOfOrder(AccountState state, long orderId)
    {
        var orders = CollectionsMarshal.AsSpan(state.Orders);
        for (var i = 0; i < orders.Length; i++)
            if (orders[i].Id == orderId)
                return i;
        return -1;
    }

    /// <summary>The slot of the symbol, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SlotOf(AccountState state, string symbol)
    {
        // Within one process a symbol's name is nearly always one object, as it came with its rules.
        var positions = CollectionsMarshal.AsSpan(state.Positions);
        for (var i = 0; i < positions.Length; i++)
            if (ReferenceEquals(positions[i].Symbol, symbol))
                return i;
        return SlotOfEqual(state, symbol);
    }

    private static int SlotOfEqual(AccountState state, string symbol)
    {
        var positions = CollectionsMarshal.AsSpan(state.Positions);
        for (var i = 0; i < positions.Length; i++)
            if (string.Equals(positions[i].Symbol, symbol, StringComparison.Ordinal))
                return i;
        return -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ApplyRarer(AccountState state, in Fact fact)
    {
        switch (fact.Kind)
        {
            case FactKind.OrderAccepted: Confirm(state, ref OrderAt(state, fact.OrderId)); break;
            case FactKind.OrderUnknown: Doubt(state, ref OrderAt(state, fact.OrderId)); break;
            case FactKind.OrderRejected or FactKind.OrderClosed:
                Exposure.NoteRest(state, in fact);
                Cancel(state, fact.OrderId);
                break;
            case FactKind.OrderEnding: OrderAt(state, fact.OrderId).EndsAt = fact.Quantity; break;
            case FactKind.CancelRequested: RequestCancel(state, in fact); break;
            case FactKind.CancelRefused: OrderAt(state, fact.OrderId).CancelTime = default; break;
            case FactKind.StopLegGone: OrderAt(state, fact.OrderId).IsStopGone = true; break;
            case FactKind.ExitStarted: Leave(PositionOf(state, fact.Symbol!), fact.Exit); break;
            case FactKind.ProtectionLost: Leave(PositionOf(state, fact.Symbol!), ExitReason.ProtectionLost); break;
            case FactKind.DustLeft: LeaveDust(PositionOf(state, fact.Symbol!)); break;
            case FactKind.DustTaken: TakeDust(PositionOf(state, fact.Symbol!), in fact); break;
            case FactKind.StopRaised: RaiseStop(PositionOf(state, fact.Symbol!), in fact); break;
            case FactKind.ReductionStarted: StartReduction(PositionOf(state, fact.Symbol!), in fact); break;
            case FactKind.EntryRefused or FactKind.RefusalEnded: PositionOf(state, fact.Symbol!).LastRefusal = fact.Refusal; break;
            case FactKind.PositionLooked: PositionOf(state, fact.Symbol!).LastLook = fact.Look; break;
            case FactKind.RunStateChanged: ChangeRun(state, in fact); break;
            case FactKind.TermsChanged: Agree(state, in fact); break;
            case FactKind.SymbolListed: List(state, in fact); break;
            case FactKind.AccountOpened: Open(state, in fact); break;
            // What comes of it are facts of their own.
            case FactKind.CommandGiven: break;
            default:
                if (!RiskFacts.TryApply(state, in fact) && !FundsFacts.TryApply(state, in fact) && !ArmingBook.TryApply(state, in fact)) throw new InvalidOperationException($"No rule applies the fact {fact.Kind} to an account.");
                break;
        }

        // What is said of an order, left as dust or taken away may change what is covered.
        if (fact.OrderId != 0 || fact.Kind is FactKind.DustLeft or FactKind.HoldingMoved) Exposure.Follow(state, PositionOf(state, fact.Symbol!), fact.Time);
    }

    internal static void Confirm(AccountState state, ref OpenOrder order)
    {
        order.Status = OrderStatus.Accepted;
        ClearDoubt(state, ref order);
    }

    private static void Doubt(AccountState state, ref OpenOrder order)
    {
        order.Status = OrderStatus.Unknown;
        if (order.IsInDoubt) return;
        order.IsInDoubt = true;
        PositionOf(state, order.Request.Symbol).OrdersInDoubt++;
    }

    private static void ClearDoubt(AccountState state, ref OpenOrder order)
    {
        if (!order.IsInDoubt) return;
        order.IsInDoubt = false;
        PositionOf(state, order.Request.Symbol).OrdersInDoubt--;
    }

    private static void Leave(Position position, ExitReason reason)
    {
        position.Leaving = reason;
        // A part that was still to be sold goes with the rest.
        position.Reduction = 0;
    }

    private static void RaiseStop(Position position, in Fact fact)
    {
        position.Stop = fact.Stop;
        position.StopRaisedBy = fact.Exit;
    }

    private static void StartReduction(Position position, in Fact fact)
    {
        position.Reduction += fact.Quantity;
        position.ReducedBy = fact.Exit;
        if (fact.Exit == ExitReason.Partial) position.PartsTaken++;
    }

    private static void ChangeRun(AccountState state, in Fact fact)
    {
        state.Run = fact.Run;
        // Whoever stops an account that a limit has paused has not lifted that limit yet.
        if (fact.Refusal != RefusalCode.None || fact.Run == RunState.Running) state.Risk.PausedBy = fact.Refusal;
    }

    private static void Open(AccountState state, in Fact fact)
    {
        state.Market = fact.Market!;
        state.Interval = fact.Interval;
        state.StartCash = state.Cash = fact.Amount;
        state.Run = fact.Run;
        state.Strategy = fact.Strategy ?? "";
        state.Equity.Begin((double)fact.Amount);
    }

    private static void Agree(AccountState state, in Fact fact)
    {
        state.Terms = fact.Terms!;
        state.Strategy = fact.Strategy ?? state.Strategy;
    }

    private static void List(AccountState state, in Fact fact)
    {
        var slot = SlotOf(state, fact.Symbol!);
        if (slot >= 0)
        {
            state.Positions[slot].Adopt(fact.Rules!);
            return;
        }

        var position = new Position { Symbol = fact.Symbol!, Rules = fact.Rules! };
        position.Record.Equity.Begin((double)state.StartCash);
        state.Positions.Add(position);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Create(AccountState state, in Fact fact)
    {
        // Written in place: the struct is wide, and each copy on the way would cost as much as a sum of decimals. A list of
        // structs with references clears what it removes, so the new place is blank.
        var index = state.Orders.Count;
        CollectionsMarshal.SetCount(state.Orders, index + 1);
        ref var order = ref CollectionsMarshal.AsSpan(state.Orders)[index];
        order.Request = fact.ToRequest();
        order.Reserved = order.BudgetLeft = fact.Amount;
        if (fact.Side == OrderSide.Buy) state.Reserved = Exact.Plus(state.Reserved, fact.Amount);
        state.NextOrderId = Math.Max(state.NextOrderId, fact.OrderId + 1);

        var position = PositionOf(state, fact.Symbol!);
        switch (fact.Purpose)
        {
            case OrderPurpose.Entry:
                position.EntryOrderId = fact.OrderId;
                position.LastRefusal = default;
                state.Risk.DayEntries++;
                // What joins a position shares the levels that it has by now.
                if (position.IsHeld) break;
                position.Stop = position.FirstStop = fact.Stop;
                position.Target = fact.Target;
                position.StopRaisedBy = position.Leaving = ExitReason.None;
                break;
            case OrderPurpose.Protection: position.ProtectionOrderId = fact.OrderId; break;
            case OrderPurpose.Exit:
                position.ExitOrderId = fact.OrderId;
                position.Leaving = fact.Exit;
                break;
            default: CreateReduction(position, in fact); break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CreateReduction(Position position, in Fact fact)
    {
        if (fact.Purpose != OrderPurpose.Reduction) throw new InvalidOperationException($"An order with purpose {fact.Purpose} cannot be created.");
        position.ReductionOrderId = fact.OrderId;
        position.Reduction = 0;
    }

    private static void RequestCancel(AccountState state, in Fact fact)
    {
        ref var order = ref OrderAt(state, fact.OrderId);
        order.CancelTime = fact.Time;
        order.CancelSequence = state.Sequence;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ApplyFill(AccountState state, in Fact fact)
    {
        var index = IndexOf(state, fact.OrderId);
        ref var order = ref CollectionsMarshal.AsSpan(state.Orders)[index];
        var position = PositionOf(state, order.Request.Symbol);
        state.LastTradeId = Math.Max(state.LastTradeId, fact.TradeId);
        var isBuy = order.Request.Side == OrderSide.Buy;
        var value = Exact.Product(fact.Quantity, fact.Price);
        if (fact.FeeAsset != FeeAsset.Quote)
        {
            FillBooking.BookForeignFee(state, position, ref order, in fact, value);
        }
        else
        {
            if (!Exact.IsZero(fact.Fee)) FillBooking.TakeFee(state, position, fact.Fee);
            if (!fact.IsLast) FillBooking.TakePart(state, ref order, in fact, isBuy ? Exact.Plus(value, fact.Fee) : 0);
            if (isBuy) FillBooking.Buy(state, position, in fact, value);
            else FillBooking.Sell(state, position, in fact, value);
        }

        if (fact.IsLast) Remove(state, position, index);
        if (Exact.IsPositive(position.Stop)) Exposure.Follow(state, position, fact.Time);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Remove(AccountState state, Position position, int index)
    {
        ref readonly var order = ref CollectionsMarshal.AsSpan(state.Orders)[index];
        var orderId = order.Id;
        if (order.IsInDoubt) position.OrdersInDoubt--;
        if (state.Orders.Count == 1) state.Reserved = 0;
        else if (order.Request.Side == OrderSide.Buy) state.Reserved -= order.Reserved;
        state.Orders.RemoveAt(index);
        if (state.BookedTrades.Count > 0) ForgetTrades(state, orderId);

        if (position.EntryOrderId == orderId) position.EntryOrderId = 0;
        if (position.ProtectionOrderId == orderId) EndResting(position);
        if (position.ExitOrderId == orderId) position.ExitOrderId = 0;
        if (position.ReductionOrderId == orderId) position.ReductionOrderId = 0;
        if (position.IsIdle) position.Leaving = ExitReason.None;
    }

    private static void EndResting(Position position)
    {
        position.ProtectionOrderId = 0;
        position.RestingRules = null;
    }

    private static void ForgetTrades(AccountState state, long orderId)
    {
        for (var i = state.BookedTrades.Count - 1; i >= 0; i--)
            if (state.BookedTrades[i].OrderId == orderId)
                state.BookedTrades.RemoveAt(i);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Close(AccountState state, in Fact fact)
    {
        var position = PositionOf(state, fact.Symbol!);
        position.LastExitTime = fact.Time;
        position.Record.Trades++;
        position.Record.Wins += Convert.ToInt32(Exact.IsPositive(fact.Amount));
        RiskFacts.Close(state, in fact);
        position.Tally.Clear();
        position.Leaving = ExitReason.None;
        // Less than a step of new rules may be left of it, also without a stop.
        position.Reduction = 0;
        if (Exact.IsPositive(position.Stop)) EndProtection(position);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EndProtection(Position position)
    {
        if (position.EntryOrderId == 0) position.Stop = position.Target = position.FirstStop = 0;
        position.StopRaisedBy = ExitReason.None;
        position.PartsTaken = 0;
        position.Unprotected = TimeSpan.Zero;
    }

    private static void Cancel(AccountState state, long orderId)
    {
        var index = IndexOf(state, orderId);
        Remove(state, PositionOf(state, CollectionsMarshal.AsSpan(state.Orders)[index].Request.Symbol), index);
    }

    private static void LeaveDust(Position position)
    {
        position.Dust += position.Quantity;
        position.DustCost += position.Cost;
        position.Quantity = position.Cost = 0;
    }

    private static void TakeDust(Position position, in Fact fact)
    {
        position.EntryTime = fact.Time;
        position.Leaving = fact.Exit;
        position.Quantity = position.Tally.Bought = position.Dust;
        position.Cost = position.Tally.Paid = position.DustCost;
        position.Dust = position.DustCost = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref OpenOrder OrderAt(AccountState state, long orderId) =>
        ref CollectionsMarshal.AsSpan(state.Orders)[IndexOf(state, orderId)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IndexOf(AccountState state, long orderId)
    {
        var index = IndexOfOrder(state, orderId);
        if (index < 0) ThrowNoOrder(state, orderId);
        return index;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Position PositionOf(AccountState state, string symbol)
    {
        var slot = SlotOf(state, symbol);
        if (slot < 0) ThrowNoSymbol(state, symbol);
        return CollectionsMarshal.AsSpan(state.Positions)[slot];
    }

    [DoesNotReturn]
    private static void ThrowNoOrder(AccountState state, long orderId) =>
        throw new InvalidOperationException($"Order {orderId} is not open in account {state.Name}.");

    [DoesNotReturn]
    private static void ThrowNoSymbol(AccountState state, string symbol) =>
        throw new InvalidOperationException($"Symbol {symbol} is not listed in account {state.Name}.");
}
