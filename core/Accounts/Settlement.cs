using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts;

/// <summary>
/// Books execution reports and keeps holdings covered: protected by a stop and a target on the exchange, or on their way out.
/// What is held changes what must rest on the exchange, so fills are followed by the order that covers the new quantity.
/// Not covered are trades without protection by design and dust, which no order can carry.
/// </summary>
internal sealed class Settlement(Account account)
{
    private const decimal DustHeadroom = 1.1m;

    private readonly List<(Position Position, DateTime Time)> _uncovered = [];
    private bool _hasMore;

    private AccountState State => account.State;

    /// <summary>Books reports that came together; what they leave is covered once they are all booked, not after each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Book(ReadOnlySpan<ExecutionReport> reports)
    {
        if (reports.Length == 1) Book(in reports[0]);
        else BookAll(reports);
    }

    private void BookAll(ReadOnlySpan<ExecutionReport> reports)
    {
        _hasMore = true;
        // First: what was refused because of them comes together with the new rules.
        foreach (ref readonly var report in reports)
            if (report.Kind == ReportKind.Listed) ExchangeAudit.Book(account, in report);
        foreach (ref readonly var report in reports) Book(in report);
        _hasMore = false;
        foreach (var (position, time) in _uncovered) Cover(position, time);
        _uncovered.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Book(in ExecutionReport report)
    {
        var index = Ledger.IndexOfOrder(State, report.OrderId);
        if (index < 0)
        {
            // An order that is finished has all its trades booked: what still comes about it is a repetition.
            if (report.Kind >= ReportKind.Differs) ExchangeAudit.Book(account, in report);
            else if (report.Kind >= ReportKind.FundsMoved) ExternalMoves.Book(account, this, in report);
            return;
        }

        ref readonly var order = ref CollectionsMarshal.AsSpan(State.Orders)[index];
        if (report.Kind == ReportKind.Traded) BookTrade(in order, in report);
        else BookRarer(in order, in report);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void BookRarer(in OpenOrder order, in ExecutionReport report)
    {
        switch (report.Kind)
        {
            case ReportKind.Accepted:
                if (order.Status != OrderStatus.Accepted) Note(FactKind.OrderAccepted, in order, in report);
                break;
            // The exchange may have told of it before the answer to its request was lost.
            case ReportKind.Unknown when order is { IsInDoubt: false, Status: not OrderStatus.Accepted }: Note(FactKind.OrderUnknown, in order, in report); break;
            case ReportKind.Rejected: BookRejection(in order, in report); break;
            case ReportKind.Canceled or ReportKind.Expired: BookEnd(in order, in report); break;
            case ReportKind.CancelRejected:
                // An order that nobody confirmed may only not be there yet, and must not be sent once it is unwanted.
                if (order.Status == OrderStatus.Accepted) Note(FactKind.CancelRefused, in order, in report);
                break;
        }
    }

    /// <summary>Begins to leave a position at the market: first what rests on the exchange is taken back, then the rest is sold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave(Position position, ExitReason reason, DateTime time, Decision? decision)
    {
        if (position is { IsHeld: true, EntryOrderId: 0, ProtectionOrderId: 0, ReductionOrderId: 0 })
        {
            Sell(position, reason, time, decision);
            return;
        }

        BeginToLeave(position, reason, time, decision);
    }

    private void BeginToLeave(Position position, ExitReason reason, DateTime time, Decision? decision)
    {
        account.Raise(new Fact { Kind = FactKind.ExitStarted, Time = time, Symbol = position.Symbol, Exit = reason, Decision = decision });
        TakeBack(position, time);
    }

    /// <summary>Takes back what works for a position that is being left, or sells it if nothing does.</summary>
    private void TakeBack(Position position, DateTime time)
    {
        if (position.EntryOrderId != 0) RequestCancel(position, position.EntryOrderId, OrderPurpose.Entry, time);
        if (position.ReductionOrderId != 0) RequestCancel(position, position.ReductionOrderId, OrderPurpose.Reduction, time);
        if (position.ProtectionOrderId != 0) RequestCancel(position, position.ProtectionOrderId, OrderPurpose.Protection, time);
        else Cover(position, time);
    }

    /// <summary>Leaves a position whose stop could not be confirmed in time.</summary>
    public void GiveUp(Position position, DateTime time, Decision? decision)
    {
        account.Raise(new Fact { Kind = FactKind.ProtectionLost, Time = time, Symbol = position.Symbol, Reason = RejectReason.NotInTime, Decision = decision });
        TakeBack(position, time);
    }

    /// <summary>Sells so much of a position at the market, or leaves it where that is all of it.</summary>
    public void Reduce(Position position, decimal quantity, SaleCause cause, DateTime time)
    {
        if (quantity >= position.Rules.FloorToStep(position.Quantity))
        {
            Leave(position, cause.Reason, time, account.Explain(position, cause));
            return;
        }

        var decision = account.Explain(position, cause with { Quantity = quantity });
        account.Raise(new Fact { Kind = FactKind.ReductionStarted, Time = time, Symbol = position.Symbol, Quantity = quantity, Exit = cause.Reason, Decision = decision });
        Cover(position, time);
    }

    /// <summary>True when the stop of the position has begun to trade.</summary>
    public bool IsStopTriggered(Position position) =>
        position.ProtectionOrderId != 0 && CollectionsMarshal.AsSpan(State.Orders)[Ledger.IndexOfOrder(State, position.ProtectionOrderId)].IsStopTriggered;

    /// <summary>Sells what was left as dust, once it is worth so much more than the least order that the next bar will hardly undo it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void SellDust(Position position, DateTime time)
    {
        var (value, least) = (position.Rules.FloorToStep(position.Dust) * position.MarkPrice, position.Rules.MinNotional);
        if (value < least * DustHeadroom) return;
        var decision = account.Explains ? account.Explain(position, new SaleCause(ExitReason.Dust) { Value = value, Limit = least }) : null;
        account.Raise(new Fact { Kind = FactKind.DustTaken, Time = time, Symbol = position.Symbol, Quantity = position.Dust, Exit = ExitReason.Dust, Decision = decision });
        account.Revalue(position);
        Cover(position, time);
    }

    /// <summary>Takes back every entry that is not filled yet; what it has bought stays, and stays covered.</summary>
    public void CancelEntries(DateTime time)
    {
        foreach (var position in State.Positions)
            if (position.EntryOrderId != 0)
                RequestCancel(position, position.EntryOrderId, OrderPurpose.Entry, time);
    }

    /// <summary>Leaves every position at the market, those included that are only being bought.</summary>
    public void LeaveAll(SaleCause cause, DateTime time)
    {
        foreach (var position in State.Positions)
            if (position is { IsIdle: false, Leaving: ExitReason.None })
                Leave(position, cause.Reason, time, account.Explain(position, cause));
    }

    /// <summary>Gives a holding the order that it lacks: protection, or its sale if it is being left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Cover(Position position, DateTime time)
    {
        if (_hasMore) CoverLater(position, time);
        else if (position.IsHeld && position.ExitOrderId == 0) CoverHolding(position, time);
    }

    private void CoverLater(Position position, DateTime time)
    {
        // From the first of the fills on: an order that came into force with the last would sleep through the bar of the others.
        foreach (ref var other in CollectionsMarshal.AsSpan(_uncovered))
        {
            if (!ReferenceEquals(other.Position, position)) continue;
            if (time < other.Time) other.Time = time;
            return;
        }

        _uncovered.Add((position, time));
    }

    private void CoverHolding(Position position, DateTime time)
    {
        if (position.Leaving != ExitReason.None)
        {
            // Two market orders over the same holding would sell it twice.
            if (position.ReductionOrderId != 0) RequestCancel(position, position.ReductionOrderId, OrderPurpose.Reduction, time);
            else if (position.ProtectionOrderId == 0) Sell(position, position.Leaving, time, decision: null);
            return;
        }

        if (Exact.IsPositive(position.Stop)) Protect(position, time);
        else if (position.ReductionOrderId == 0 && PartOf(position) is > 0 and var part)
            Place(position, OrderType.Market, OrderPurpose.Reduction, part, position.ReducedBy, time, decision: null);
    }

    private void BookTrade(in OpenOrder order, in ExecutionReport report)
    {
        if (State.BookedTrades.Count > 0 && State.BookedTrades.Contains(new BookedTrade(report.OrderId, report.TradeId))) return;
        var position = PositionOf(in order);
        var isSale = order.Request.Side == OrderSide.Sell;
        var traded = Exact.Plus(order.Traded, report.Quantity);
        var isLast = (report.IsLast && Exact.IsSameOrLess(report.TradedInAll, traded)) || order.EndsAt <= traded;
        account.Raise(new Fact
        {
            Kind = FactKind.Filled,
            Time = report.Time,
            Symbol = position.Symbol,
            OrderId = report.OrderId,
            TradeId = report.TradeId,
            Side = order.Request.Side,
            Purpose = order.Request.Purpose,
            Leg = report.Leg,
            Quantity = report.Quantity,
            Price = report.Price,
            Fee = report.Fee,
            FeeAsset = report.FeeAsset,
            Amount = report.FeeValue,
            IsLast = isLast,
            Exit = isSale ? order.ReasonOfSale(report.Leg, position) : ExitReason.None,
        });
        if (report.IsLast && !isLast) AwaitTrades(in order, in report);

        if (isSale)
        {
            if (position.EntryOrderId != 0) RequestCancel(position, position.EntryOrderId, OrderPurpose.Entry, report.Time);
            // Two sales can meet where coins were taken away that both had counted on.
            if (position.ReductionOrderId != 0) TakeBackIfTooLarge(position, position.ReductionOrderId, OrderPurpose.Reduction, report.Time);
            if (!position.IsHeld && position.Tally.Sells > 0) Close(position, report.Time);
        }

        account.Revalue(position);
        Cover(position, report.Time);
    }

    private void BookEnd(in OpenOrder order, in ExecutionReport report)
    {
        if (report is { Leg: OcoLeg.Stop, IsLast: false })
        {
            // The target has begun to trade and the exchange has dropped the stop: take the rest back and protect anew.
            if (order.IsStopGone) return;
            Note(FactKind.StopLegGone, in order, in report);
            RequestCancel(PositionOf(in order), order.Id, OrderPurpose.Protection, report.Time);
            return;
        }

        if (report.TradedInAll > order.Traded)
        {
            AwaitTrades(in order, in report);
            return;
        }

        var position = PositionOf(in order);
        Note(FactKind.OrderClosed, in order, in report);
        Cover(position, report.Time);
    }

    /// <summary>The exchange is done with the order, and trades of it are still to be reported: it ends with the last of them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AwaitTrades(in OpenOrder order, in ExecutionReport report)
    {
        if (order.EndsAt is null)
            account.Raise(new Fact { Kind = FactKind.OrderEnding, Time = report.Time, Symbol = order.Request.Symbol, OrderId = order.Id, Quantity = report.TradedInAll });
    }

    private void BookRejection(in OpenOrder order, in ExecutionReport report)
    {
        var position = PositionOf(in order);
        var (purpose, isUnwanted, isSmall) = (order.Request.Purpose, order.IsCancelRequested, RefusedOrder.IsSmall(position, in order.RequestInPlace));
        var isOutdated = RefusedOrder.IsOutdated(State, position, in order.RequestInPlace, isUnwanted, report.Reason);
        Note(FactKind.OrderRejected, in order, in report);
        if (purpose == OrderPurpose.Entry || !position.IsHeld) return;
        if (purpose == OrderPurpose.Reduction || isOutdated)
        {
            // A part stays, and the stop takes it over; what would be another order by now is made anew.
            Cover(position, report.Time);
            return;
        }

        if (report.Reason == RejectReason.BelowMinNotional && isSmall)
        {
            // What is being sold is no dust; once it is, the rest is looked at again.
            if (position.ReductionOrderId != 0) return;
            LeaveAsDust(position, report.Time);
            return;
        }

        // A refused sale is tried again with the next step; a refused protection is no reason to wait.
        if (purpose != OrderPurpose.Protection) return;
        var decision = account.Explains ? account.Explain(position, new SaleCause(ExitReason.ProtectionLost) { Refusal = report.Reason }) : null;
        account.Raise(new Fact { Kind = FactKind.ProtectionLost, Time = report.Time, Symbol = position.Symbol, Reason = report.Reason, Decision = decision });
        Cover(position, report.Time);
    }

    private void Protect(Position position, DateTime time)
    {
        if (position.ProtectionOrderId == 0)
        {
            var (quantity, part) = (Exposure.ToProtect(State, position, position.Rules), PartOf(position));
            var isWhole = position.ReductionOrderId == 0 && !Exact.IsPositive(part);
            // The rest first: the part may wait for the next bar, the stop may not.
            if (isWhole || Exact.IsPositive(quantity))
                Place(position, Exact.IsPositive(position.Target) ? OrderType.Oco : OrderType.Stop, OrderPurpose.Protection, quantity, ExitReason.None, time, decision: null);
            if (Exact.IsPositive(part)) Place(position, OrderType.Market, OrderPurpose.Reduction, part, position.ReducedBy, time, decision: null);
            return;
        }

        ref readonly var protection = ref CollectionsMarshal.AsSpan(State.Orders)[Ledger.IndexOfOrder(State, position.ProtectionOrderId)];
        if (!protection.IsStopGone && Exposure.IsStale(State, position, in protection)) RequestCancel(position, protection.Id, OrderPurpose.Protection, time);
    }

    private static decimal PartOf(Position position) => position.Rules.FloorToStep(Exact.Least(position.Reduction, position.Quantity));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Sell(Position position, ExitReason reason, DateTime time, Decision? decision) =>
        Place(position, OrderType.Market, OrderPurpose.Exit, Exposure.ToSell(position), reason, time, decision);

    private void Place(Position position, OrderType type, OrderPurpose purpose, decimal quantity, ExitReason reason, DateTime time, Decision? decision)
    {
        if (Exact.IsZero(quantity))
        {
            LeaveAsDust(position, time);
            return;
        }

        account.Raise(new Fact
        {
            Kind = FactKind.OrderCreated,
            Time = time,
            Symbol = position.Symbol,
            OrderId = State.NextOrderId,
            Side = OrderSide.Sell,
            Type = type,
            Purpose = purpose,
            Quantity = quantity,
            Stop = purpose == OrderPurpose.Protection ? position.StopOn(position.Rules) : 0,
            Target = type == OrderType.Oco ? position.TargetOnTick : 0,
            Exit = reason,
            Decision = decision,
        });
        account.RequestLatest();
    }

    public void RequestCancel(Position position, long orderId, OrderPurpose purpose, DateTime time)
    {
        if (CollectionsMarshal.AsSpan(State.Orders)[Ledger.IndexOfOrder(State, orderId)].IsCancelRequested) return;
        account.Raise(new Fact { Kind = FactKind.CancelRequested, Time = time, Symbol = position.Symbol, OrderId = orderId });
        account.Request(OrderRequest.Cancel(orderId, position.Symbol, purpose, time) with { IsUrgent = position.Leaving == ExitReason.KillSwitch });
    }

    /// <summary>Takes back an order that would sell more than is held.</summary>
    public void TakeBackIfTooLarge(Position position, long orderId, OrderPurpose purpose, DateTime time)
    {
        if (orderId != 0 && CollectionsMarshal.AsSpan(State.Orders)[Ledger.IndexOfOrder(State, orderId)].Remaining > position.Quantity) RequestCancel(position, orderId, purpose, time);
    }

    public void LeaveAsDust(Position position, DateTime time)
    {
        account.Raise(new Fact { Kind = FactKind.DustLeft, Time = time, Symbol = position.Symbol, Quantity = position.Quantity });
        if (position.Tally.Sold > 0 || position.EntryOrderId == 0) Close(position, time);
        account.Revalue(position);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Close(Position position, DateTime time)
    {
        var tally = position.Tally;
        account.Raise(new Fact
        {
            Kind = FactKind.PositionClosed,
            Time = time,
            Symbol = position.Symbol,
            Quantity = tally.Sold,
            Price = tally.ExitPrice,
            EntryPrice = tally.EntryPrice,
            EntryTime = position.EntryTime,
            Fee = tally.Fees,
            Amount = tally.Pnl,
            Exit = tally.Exit,
            Unprotected = position.Unprotected,
        });
        account.JudgeTrade();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Note(FactKind kind, in OpenOrder order, in ExecutionReport report) => account.Raise(new Fact
    {
        Kind = kind,
        Time = report.Time,
        Symbol = order.Request.Symbol,
        OrderId = order.Id,
        Leg = report.Leg,
        Reason = report.Reason,
        Purpose = order.Request.Purpose,
    });

    private Position PositionOf(in OpenOrder order) => CollectionsMarshal.AsSpan(State.Positions)[Ledger.SlotOf(State, order.Request.Symbol)];
}
