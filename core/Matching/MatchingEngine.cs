using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Matching;

/// <summary>
/// The simulated exchange of a backtest and of a paper account: holds orders and balances, and matches them against bars.
/// </summary>
/// <remarks>
/// <para>Within a bar it takes the worse side of what a bar leaves open: a market order trades at the open plus slippage; a
/// stop that the open has jumped over trades at the open, otherwise at its own price, each with slippage; a limit trades at
/// its price only when the market went through it; where one bar reaches both legs of an OCO, the stop counts.</para>
/// <para>A bar that reaches a stop and has not one step of volume to give leaves it as it was. Once a stop has traded in part,
/// the rest is a market order.</para>
/// <para>A trade at the open is reported with the bar's open time, one within the bar with its last millisecond. An order
/// meets the bars that open at or after the time it was placed, so protection of an entry at the open meets that bar too.</para>
/// <para>The first partial trade of an OCO's target expires its stop, as on Binance.</para>
/// </remarks>
public sealed class MatchingEngine
{
    private static readonly TimeSpan LastMoment = TimeSpan.FromMilliseconds(1);

    private readonly MatchingOptions _options;
    private readonly Dictionary<string, SymbolBook> _books = new(StringComparer.Ordinal);
    private readonly FeeSchedule _fees;
    private readonly decimal _withFee;
    private readonly bool _isFree;
    private readonly bool _isForeign;
    private readonly double _slippage;
    private readonly TimeSpan _interval;
    private decimal _lockedCash;
    private long _lastTradeId;

    /// <param name="cash">Quote currency that the account brings.</param>
    /// <param name="lastTradeId">Trade ids go on after this one.</param>
    public MatchingEngine(MatchingOptions options, Interval interval, decimal cash, long lastTradeId = 0)
    {
        _options = options;
        _interval = interval.Length;
        _fees = new FeeSchedule(options);
        _withFee = options.FeeAsset == FeeAsset.Base ? 1 : 1 + _fees.Rate;
        _isFree = _fees.Rate == 0;
        _isForeign = !_isFree && options.FeeAsset != FeeAsset.Quote;
        _slippage = options.SlippageBps / 10_000;
        _lastTradeId = lastTradeId;
        Cash = cash;
    }

    /// <summary>Quote currency owned, what resting orders have locked included.</summary>
    public decimal Cash { get; private set; }

    /// <summary>Takes a payment in, or out below 0, and reports it; false when that much is not free.</summary>
    public bool TryMoveFunds(decimal amount, DateTime time, List<ExecutionReport> reports)
    {
        if (amount + FreeCash < 0) return false;
        Cash += amount;
        reports.Add(new ExecutionReport { Kind = ReportKind.FundsMoved, TradeId = ++_lastTradeId, Quantity = amount, Time = time });
        return true;
    }

    /// <summary>
    /// Takes base currency in, or out below 0, and reports it at the latest close; false when so much is not owned. Whoever takes away by hand
    /// what an order sells takes that order back first.
    /// </summary>
    public bool TryMoveHolding(SymbolBook book, decimal quantity, DateTime time, List<ExecutionReport> reports)
    {
        if (quantity + book.Owned < 0) return false;
        if (quantity + book.Owned < book.Locked)
            for (var i = book.Orders.Count - 1; i >= 0; i--)
                if (book.Orders[i].Side == OrderSide.Sell) End(book, i, ReportKind.Canceled, RejectReason.None, time, reports);
        book.Owned += quantity;
        reports.Add(new ExecutionReport
        {
            Kind = ReportKind.HoldingMoved,
            Symbol = book.Rules.Symbol,
            TradeId = ++_lastTradeId,
            Quantity = quantity,
            Price = book.Rules.RoundToTick(book.Bar.Close),
            Time = time,
        });
        return true;
    }

    /// <summary>The book of a symbol, made at the first call.</summary>
    public SymbolBook List(SymbolRules rules)
    {
        if (_books.TryGetValue(rules.Symbol, out var known))
        {
            known.Rules = rules;
            return known;
        }

        var book = new SymbolBook(rules);
        _books.Add(rules.Symbol, book);
        return book;
    }

    /// <summary>The book of the symbol, or null.</summary>
    public SymbolBook? Find(string symbol) => _books.GetValueOrDefault(symbol);

    /// <summary>True while the order rests.</summary>
    public bool Holds(string symbol, long orderId)
    {
        if (!_books.TryGetValue(symbol, out var book)) return false;
        foreach (ref readonly var order in CollectionsMarshal.AsSpan(book.Orders))
            if (order.OrderId == orderId)
                return true;
        return false;
    }

    /// <summary>Gives back what an account owned and had resting before a restart.</summary>
    /// <param name="traded">Base currency that the order had traded.</param>
    public void Restore(in OrderRequest order, decimal traded, decimal budgetLeft, DateTime lastTradeTime, bool isStopGone, bool isTriggered)
    {
        var book = _books[order.Symbol];
        Rest(book, new RestingOrder(in order)
        {
            Traded = traded,
            BudgetLeft = budgetLeft,
            LastTradeTime = lastTradeTime,
            IsStopGone = isStopGone,
            IsTriggered = isTriggered,
        });
    }

    /// <summary>Credits base currency that an account owned before a restart.</summary>
    /// <param name="price">The latest that is known; 0 for none.</param>
    public static void RestoreHolding(SymbolBook book, decimal quantity, double price)
    {
        book.Owned = quantity;
        book.Show(new Candle(default, price, price, price, price, 0));
    }

    /// <summary>Places or cancels, and reports what came of it, trades with the bar under way included.</summary>
    public void Submit(in OrderRequest request, List<ExecutionReport> reports)
    {
        if (_books.TryGetValue(request.Symbol, out var book)) Submit(book, in request, reports);
        else Admission.Reject(in request, RejectReason.UnknownSymbol, reports);
    }

    internal void Submit(SymbolBook book, in OrderRequest request, List<ExecutionReport> reports)
    {
        var place = reports.Count;
        if (TryTake(book, in request, reports))
            reports.Insert(place, new ExecutionReport { Kind = ReportKind.Accepted, OrderId = request.OrderId, Time = request.ActiveFrom });
    }

    /// <summary>As <see cref="Submit(SymbolBook, in OrderRequest, List{ExecutionReport})"/>, but tells an acceptance without a report.</summary>
    /// <returns>True when the order was accepted.</returns>
    internal bool TryTake(SymbolBook book, in OrderRequest request, List<ExecutionReport> reports)
    {
        if (request.Kind == RequestKind.Cancel)
        {
            Cancel(book, in request, reports);
            return false;
        }

        var reason = Admission.Judge(book, in request, FreeCash, _withFee);
        if (reason != RejectReason.None)
        {
            Admission.Reject(in request, reason, reports);
            return false;
        }

        Rest(book, new RestingOrder(in request));
        if (book.Bar.OpenTime >= request.ActiveFrom) MatchLatest(book, reports);
        return true;
    }

    /// <summary>Matches the order that came last against the bar under way.</summary>
    private void MatchLatest(SymbolBook book, List<ExecutionReport> reports)
    {
        var index = book.Orders.Count - 1;
        ref readonly var bar = ref book.Bar;
        if (!MatchAtOpen(book, index, in bar, reports)) MatchInRange(book, index, in bar, reports);
    }

    /// <summary>Shows the bar by whose prices orders are judged that are placed from now on.</summary>
    public static void Show(SymbolBook book, in Candle bar) => book.Show(in bar);

    /// <summary>Matches the resting orders of a symbol against its next bar, trades at the open before trades within the bar.</summary>
    public void Match(SymbolBook book, in Candle bar, List<ExecutionReport> reports)
    {
        if (book.Orders.Count == 0) return;

        for (var i = 0; i < book.Orders.Count;)
            if (!MatchAtOpen(book, i, in bar, reports))
                i++;
        for (var i = 0; i < book.Orders.Count;)
            if (!MatchInRange(book, i, in bar, reports))
                i++;
    }

    /// <summary>The balance that an order may still use, for a check from outside.</summary>
    public decimal FreeCash => Exact.Minus(Cash, _lockedCash);

    /// <returns>True when the order has left the book.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool MatchAtOpen(SymbolBook book, int index, in Candle bar, List<ExecutionReport> reports)
    {
        ref var order = ref CollectionsMarshal.AsSpan(book.Orders)[index];
        if (!order.Meets(in bar)) return false;
        var isBuy = order.Side == OrderSide.Buy;
        if (order.IsAtMarket || (order.HasStop && (isBuy ? bar.Open >= order.Stop : bar.Open <= order.Stop)))
            return TradeAtMarket(book, index, bar.Open, bar.OpenTime, in bar, reports);

        return order.Limit > 0
            && (isBuy ? bar.Open <= order.Limit : bar.Open >= order.Limit)
            && TradeAtLimit(book, index, bar.Open, bar.OpenTime, in bar, reports);
    }

    private bool MatchInRange(SymbolBook book, int index, in Candle bar, List<ExecutionReport> reports)
    {
        ref var order = ref CollectionsMarshal.AsSpan(book.Orders)[index];
        if (!order.Meets(in bar) || order.IsAtMarket) return false;

        var isBuy = order.Side == OrderSide.Buy;
        var time = bar.OpenTime + _interval - LastMoment;
        if (order.HasStop && (isBuy ? bar.High >= order.Stop : bar.Low <= order.Stop))
            return TradeAtMarket(book, index, order.Stop, time, in bar, reports);

        return order.Limit > 0
            && (isBuy ? bar.Low < order.Limit : bar.High > order.Limit)
            && TradeAtLimit(book, index, order.Limit, time, in bar, reports);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TradeAtMarket(SymbolBook book, int index, double price, DateTime time, in Candle bar, List<ExecutionReport> reports)
    {
        ref var order = ref CollectionsMarshal.AsSpan(book.Orders)[index];
        var leg = order.Type == OrderType.Oco ? OcoLeg.Stop : OcoLeg.None;
        var traded = order.Side == OrderSide.Buy
            ? book.Rules.RoundUpToTick(price * (1 + _slippage))
            : book.Rules.RoundDownToTick(price * (1 - _slippage));
        // However low the market: nothing trades for nothing.
        if (!Exact.IsPositive(traded)) traded = book.Rules.TickSize;
        return Trade(book, index, traded, leg, time, in bar, reports);
    }

    private bool TradeAtLimit(SymbolBook book, int index, double price, DateTime time, in Candle bar, List<ExecutionReport> reports)
    {
        var leg = CollectionsMarshal.AsSpan(book.Orders)[index].Type == OrderType.Oco ? OcoLeg.Target : OcoLeg.None;
        return Trade(book, index, book.Rules.RoundToTick(price), leg, time, in bar, reports);
    }

    private bool Trade(SymbolBook book, int index, decimal price, OcoLeg leg, DateTime time, in Candle bar, List<ExecutionReport> reports)
    {
        ref var order = ref CollectionsMarshal.AsSpan(book.Orders)[index];
        var wanted = order.IsByBudget ? book.Rules.Affordable(order.BudgetLeft, WithFee(price)) : order.Remaining;
        if (Exact.IsZero(wanted))
        {
            // Not even one step can be bought for what is left.
            End(book, index, ReportKind.Expired, RejectReason.BudgetTooSmall, time, reports);
            return true;
        }

        var quantity = wanted;
        var isLast = !IsCapped(in bar, wanted, out var most);
        if (!isLast)
        {
            quantity = book.Rules.FloorToStep(most);
            isLast = quantity == wanted;
        }

        if (Exact.IsZero(quantity)) return false;

        var value = Exact.Product(quantity, price);
        var fee = _isFree ? 0 : _isForeign ? _fees.CashFor(order.Side == OrderSide.Buy, quantity, price) : _fees.Of(value);
        order.Traded = Exact.Plus(order.Traded, quantity);
        order.LastTradeTime = time;
        Settle(book, ref order, quantity, value, fee, isLast);
        LastPlace.NewIn(reports) = new ExecutionReport
        {
            Kind = ReportKind.Traded,
            OrderId = order.OrderId,
            Leg = leg,
            IsLast = isLast,
            Time = time,
            TradeId = ++_lastTradeId,
            Quantity = quantity,
            Price = price,
            Fee = fee,
            TradedInAll = order.Traded,
        };
        if (_isForeign) TakeForeignFee(book, order.Side, reports);
        if (isLast)
        {
            Remove(book, index);
            return true;
        }

        LeaveRest(ref order, leg, time, reports);
        return false;
    }

    /// <summary>Tells of the trade that was reported last what its fee was taken in, and takes it from the holding where it was base currency.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TakeForeignFee(SymbolBook book, OrderSide side, List<ExecutionReport> reports)
    {
        ref var trade = ref CollectionsMarshal.AsSpan(reports)[^1];
        var (asset, fee, worth) = _fees.OfTrade(side == OrderSide.Buy, trade.Quantity, trade.Price);
        if (asset == FeeAsset.Base) book.Owned -= fee;
        trade = trade with { Fee = fee, FeeAsset = asset, FeeValue = asset == FeeAsset.Quote ? 0 : worth };
    }

    /// <summary>What a first trade in part makes of the order.</summary>
    private static void LeaveRest(ref RestingOrder order, OcoLeg leg, DateTime time, List<ExecutionReport> reports)
    {
        // With a trade and never before: a restart knows of trades, not of bars.
        if (leg == OcoLeg.Stop || order.Type == OrderType.Stop) order.IsTriggered = true;
        if (leg != OcoLeg.Target || order.IsStopGone) return;
        order.IsStopGone = true;
        reports.Add(new ExecutionReport
        {
            Kind = ReportKind.Expired,
            OrderId = order.OrderId,
            Leg = OcoLeg.Stop,
            Reason = RejectReason.OtherLegFilled,
            Time = time,
            TradedInAll = order.Traded,
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsCapped(in Candle bar, decimal wanted, out decimal most)
    {
        most = 0;
        if (_options.MaxVolumeShare == 0) return false;
        var share = bar.Volume * _options.MaxVolumeShare;
        if ((double)wanted <= share) return false;
        most = (decimal)share;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Settle(SymbolBook book, ref RestingOrder order, decimal quantity, decimal value, decimal fee, bool isLast)
    {
        if (order.Side == OrderSide.Buy)
        {
            var cost = Exact.Plus(value, fee);
            Cash = Exact.Minus(Cash, cost);
            book.Owned = Exact.Plus(book.Owned, quantity);
            // The last trade frees what of the budget is left over.
            _lockedCash = Exact.Minus(_lockedCash, !order.IsByBudget ? LockOf(in order, quantity) : isLast ? order.BudgetLeft : cost);
            if (order.IsByBudget && !isLast) order.BudgetLeft -= cost;
        }
        else
        {
            Cash = Exact.Plus(Cash, Exact.Minus(value, fee));
            book.Owned = Exact.Minus(book.Owned, quantity);
            book.Locked = isLast && book.Orders.Count == 1 ? 0 : Exact.Minus(book.Locked, quantity);
        }
    }

    private void Cancel(SymbolBook book, in OrderRequest request, List<ExecutionReport> reports)
    {
        var orders = CollectionsMarshal.AsSpan(book.Orders);
        for (var i = 0; i < orders.Length; i++)
        {
            if (orders[i].OrderId != request.OrderId) continue;
            End(book, i, ReportKind.Canceled, RejectReason.None, request.ActiveFrom, reports);
            return;
        }

        reports.Add(new ExecutionReport { Kind = ReportKind.CancelRejected, OrderId = request.OrderId, Reason = RejectReason.UnknownOrder, Time = request.ActiveFrom });
    }

    private void End(SymbolBook book, int index, ReportKind kind, RejectReason reason, DateTime time, List<ExecutionReport> reports)
    {
        ref readonly var order = ref CollectionsMarshal.AsSpan(book.Orders)[index];
        reports.Add(new ExecutionReport { Kind = kind, OrderId = order.OrderId, Reason = reason, IsLast = true, Time = time, TradedInAll = order.Traded });
        if (order.Side == OrderSide.Sell) book.Locked = Exact.Minus(book.Locked, order.Remaining);
        else _lockedCash = Exact.Minus(_lockedCash, LockOf(in order, order.Remaining));
        book.Orders.RemoveAt(index);
    }

    private static void Remove(SymbolBook book, int index)
    {
        // Mostly the last one, and then nothing has to move.
        if (index == book.Orders.Count - 1) CollectionsMarshal.SetCount(book.Orders, index);
        else book.Orders.RemoveAt(index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Rest(SymbolBook book, in RestingOrder order)
    {
        if (order.Side == OrderSide.Sell) book.Locked = Exact.Plus(book.Locked, order.Remaining);
        else _lockedCash = Exact.Plus(_lockedCash, LockOf(in order, order.Remaining));
        LastPlace.NewIn(book.Orders) = order;
    }

    /// <summary>The cash that so much of the order holds; of a market buy all that it may still spend.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private decimal LockOf(in RestingOrder order, decimal quantity) => order.IsByBudget ? order.BudgetLeft : WithFee(Exact.Product(quantity, order.LimitPrice));

    private decimal WithFee(decimal amount) => _isFree ? amount : amount * _withFee;
}
