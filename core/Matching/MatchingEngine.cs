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
/// <para>A trade at the open is reported with the bar's open time, one within the bar with its last millisecond. An order
/// meets the bars that open at or after the time it was placed, so protection of an entry at the open meets that bar too.</para>
/// <para>The first partial trade of an OCO's target expires its stop, as on Binance.</para>
/// </remarks>
public sealed class MatchingEngine
{
    private static readonly TimeSpan LastMoment = TimeSpan.FromMilliseconds(1);

    private readonly MatchingOptions _options;
    private readonly Dictionary<string, SymbolBook> _books = new(StringComparer.Ordinal);
    private readonly decimal _feeRate;
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
        _feeRate = options.FeeBps / 10_000;
        _slippage = options.SlippageBps / 10_000;
        _lastTradeId = lastTradeId;
        Cash = cash;
    }

    /// <summary>Quote currency owned, what resting orders have locked included.</summary>
    public decimal Cash { get; private set; }

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
            if (order.Request.OrderId == orderId)
                return true;
        return false;
    }

    /// <summary>Gives back what an account owned and had resting before a restart.</summary>
    /// <param name="traded">Base currency that the order had traded.</param>
    public void Restore(in OrderRequest order, decimal traded, decimal budgetLeft, DateTime lastTradeTime, bool isStopGone, bool isTriggered)
    {
        var book = _books[order.Symbol];
        var resting = RestingOf(in order);
        resting.Traded = traded;
        resting.BudgetLeft = budgetLeft;
        resting.LastTradeTime = lastTradeTime;
        resting.IsStopGone = isStopGone;
        resting.IsTriggered = isTriggered;
        Lock(book, in order, order.Quantity - traded, budgetLeft);
        book.Orders.Add(resting);
    }

    /// <summary>Credits base currency that an account owned before a restart.</summary>
    public static void RestoreHolding(SymbolBook book, decimal quantity) => book.Owned = quantity;

    /// <summary>Places or cancels, and reports what came of it, trades with the bar under way included.</summary>
    public void Submit(in OrderRequest request, List<ExecutionReport> reports)
    {
        if (!_books.TryGetValue(request.Symbol, out var book))
        {
            Reject(in request, RejectReason.UnknownSymbol, reports);
            return;
        }

        if (request.Kind == RequestKind.Cancel)
        {
            Cancel(book, in request, reports);
            return;
        }

        var reason = Validate(book, in request);
        if (reason != RejectReason.None)
        {
            Reject(in request, reason, reports);
            return;
        }

        Lock(book, in request, request.Quantity, request.Budget);
        book.Orders.Add(RestingOf(in request));
        reports.Add(new ExecutionReport { Kind = ReportKind.Accepted, OrderId = request.OrderId, Time = request.ActiveFrom });

        var bar = book.Bar;
        var index = book.Orders.Count - 1;
        if (bar.OpenTime >= request.ActiveFrom && !MatchAtOpen(book, index, in bar, reports)) MatchInRange(book, index, in bar, reports);
    }

    /// <summary>Shows the bar by whose prices orders are judged that are placed from now on.</summary>
    public static void Show(SymbolBook book, in Candle bar) => book.Bar = bar;

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
    public decimal FreeCash => Cash - _lockedCash;

    /// <returns>True when the order has left the book.</returns>
    private bool MatchAtOpen(SymbolBook book, int index, in Candle bar, List<ExecutionReport> reports)
    {
        ref var order = ref CollectionsMarshal.AsSpan(book.Orders)[index];
        if (!order.Meets(in bar)) return false;
        if (order.IsAtMarket) return TradeAtMarket(book, index, bar.Open, bar.OpenTime, in bar, reports);

        var isBuy = order.Request.Side == OrderSide.Buy;
        if (order.HasStop && (isBuy ? bar.Open >= order.Stop : bar.Open <= order.Stop))
        {
            order.IsTriggered = true;
            return TradeAtMarket(book, index, bar.Open, bar.OpenTime, in bar, reports);
        }

        return order.Limit > 0
            && (isBuy ? bar.Open <= order.Limit : bar.Open >= order.Limit)
            && TradeAtLimit(book, index, bar.Open, bar.OpenTime, in bar, reports);
    }

    private bool MatchInRange(SymbolBook book, int index, in Candle bar, List<ExecutionReport> reports)
    {
        ref var order = ref CollectionsMarshal.AsSpan(book.Orders)[index];
        if (!order.Meets(in bar) || order.IsAtMarket) return false;

        var isBuy = order.Request.Side == OrderSide.Buy;
        var time = bar.OpenTime + _interval - LastMoment;
        if (order.HasStop && (isBuy ? bar.High >= order.Stop : bar.Low <= order.Stop))
        {
            order.IsTriggered = true;
            return TradeAtMarket(book, index, order.Stop, time, in bar, reports);
        }

        return order.Limit > 0
            && (isBuy ? bar.Low < order.Limit : bar.High > order.Limit)
            && TradeAtLimit(book, index, order.Limit, time, in bar, reports);
    }

    private bool TradeAtMarket(SymbolBook book, int index, double price, DateTime time, in Candle bar, List<ExecutionReport> reports)
    {
        ref var order = ref CollectionsMarshal.AsSpan(book.Orders)[index];
        var leg = order.Request.Type == OrderType.Oco ? OcoLeg.Stop : OcoLeg.None;
        var traded = order.Request.Side == OrderSide.Buy
            ? book.Rules.RoundUpToTick(price * (1 + _slippage))
            : Math.Max(book.Rules.RoundDownToTick(price * (1 - _slippage)), book.Rules.TickSize);
        return Trade(book, index, traded, leg, time, in bar, reports);
    }

    private bool TradeAtLimit(SymbolBook book, int index, double price, DateTime time, in Candle bar, List<ExecutionReport> reports)
    {
        ref var order = ref CollectionsMarshal.AsSpan(book.Orders)[index];
        var leg = order.Request.Type == OrderType.Oco ? OcoLeg.Target : OcoLeg.None;
        return Trade(book, index, book.Rules.RoundToTick(price), leg, time, in bar, reports);
    }

    private bool Trade(SymbolBook book, int index, decimal price, OcoLeg leg, DateTime time, in Candle bar, List<ExecutionReport> reports)
    {
        ref var order = ref CollectionsMarshal.AsSpan(book.Orders)[index];
        var isByBudget = order.Request.Quantity == 0;
        var wanted = isByBudget ? book.Rules.Affordable(order.BudgetLeft, price * (1 + _feeRate)) : order.Remaining;
        if (wanted == 0)
        {
            // Not even one step can be bought for what is left.
            End(book, index, ReportKind.Expired, RejectReason.BudgetTooSmall, time, reports);
            return true;
        }

        var quantity = Capped(book, wanted, in bar);
        if (quantity == 0) return false;

        var value = quantity * price;
        var fee = decimal.Round(value * _feeRate, 8, MidpointRounding.ToZero);
        order.Traded += quantity;
        order.LastTradeTime = time;
        Settle(book, ref order, quantity, value, fee);

        var isLast = quantity == wanted;
        reports.Add(new ExecutionReport
        {
            Kind = ReportKind.Traded,
            OrderId = order.Request.OrderId,
            Leg = leg,
            IsLast = isLast,
            Time = time,
            TradeId = ++_lastTradeId,
            Quantity = quantity,
            Price = price,
            Fee = fee,
            TradedInAll = order.Traded,
        });
        if (isLast)
        {
            Unlock(book, in order);
            book.Orders.RemoveAt(index);
            return true;
        }

        if (leg == OcoLeg.Target && !order.IsStopGone)
        {
            order.IsStopGone = true;
            reports.Add(new ExecutionReport
            {
                Kind = ReportKind.Expired,
                OrderId = order.Request.OrderId,
                Leg = OcoLeg.Stop,
                Reason = RejectReason.OtherLegFilled,
                Time = time,
                TradedInAll = order.Traded,
            });
        }

        return false;
    }

    private decimal Capped(SymbolBook book, decimal wanted, in Candle bar)
    {
        if (_options.MaxVolumeShare == 0) return wanted;
        var most = bar.Volume * _options.MaxVolumeShare;
        return (double)wanted <= most ? wanted : book.Rules.FloorToStep((decimal)most);
    }

    private void Settle(SymbolBook book, ref RestingOrder order, decimal quantity, decimal value, decimal fee)
    {
        if (order.Request.Side == OrderSide.Buy)
        {
            var cost = value + fee;
            Cash -= cost;
            book.Owned += quantity;
            if (order.Request.Quantity == 0) order.BudgetLeft -= cost;
            _lockedCash -= order.Request.Quantity == 0 ? cost : LockOf(in order.Request, quantity, budget: 0);
        }
        else
        {
            Cash += value - fee;
            book.Owned -= quantity;
            book.Locked -= quantity;
        }
    }

    private RejectReason Validate(SymbolBook book, in OrderRequest request)
    {
        foreach (ref readonly var resting in CollectionsMarshal.AsSpan(book.Orders))
            if (resting.Request.OrderId == request.OrderId)
                return RejectReason.DuplicateOrder;

        var rules = book.Rules;
        var isByBudget = request is { Quantity: 0, Budget: > 0, Side: OrderSide.Buy, Type: OrderType.Market };
        if (!isByBudget && (request.Quantity <= 0 || !rules.IsOnStep(request.Quantity))) return RejectReason.BadQuantity;
        if (request.LimitPrice < 0 || !rules.IsOnTick(request.LimitPrice) || request.StopPrice < 0 || !rules.IsOnTick(request.StopPrice))
            return RejectReason.BadPrice;

        var last = book.PriceAt(request.ActiveFrom);
        var worth = isByBudget ? (double)request.Budget : (double)request.Quantity * WorstPrice(in request, last);
        if (worth < (double)rules.MinNotional) return RejectReason.BelowMinNotional;
        if (!HasPricesOf(in request, last, out var reason)) return reason;

        var isCovered = request.Side == OrderSide.Buy
            ? (isByBudget ? request.Budget : request.Quantity * request.LimitPrice * (1 + _feeRate)) <= FreeCash
            : request.Quantity <= book.Owned - book.Locked;
        return isCovered ? RejectReason.None : RejectReason.InsufficientBalance;
    }

    private static double WorstPrice(in OrderRequest request, double last) => request switch
    {
        { StopPrice: > 0 } => (double)request.StopPrice,
        { LimitPrice: > 0 } => (double)request.LimitPrice,
        _ => last,
    };

    private static bool HasPricesOf(in OrderRequest request, double last, out RejectReason reason)
    {
        var stop = (double)request.StopPrice;
        var limit = (double)request.LimitPrice;
        var isSell = request.Side == OrderSide.Sell;
        reason = request.Type switch
        {
            OrderType.Market => RejectReason.None,
            OrderType.Limit when limit == 0 => RejectReason.BadPrice,
            OrderType.Stop or OrderType.Oco when stop == 0 => RejectReason.BadPrice,
            OrderType.Stop when (isSell ? stop >= last : stop <= last) => RejectReason.WouldTriggerAtOnce,
            OrderType.Oco when limit == 0 || !(isSell ? stop < last && last < limit : limit < last && last < stop) => RejectReason.WouldTriggerAtOnce,
            OrderType.Limit or OrderType.Stop or OrderType.Oco => RejectReason.None,
            _ => RejectReason.BadPrice,
        };
        return reason == RejectReason.None;
    }

    private void Cancel(SymbolBook book, in OrderRequest request, List<ExecutionReport> reports)
    {
        var orders = CollectionsMarshal.AsSpan(book.Orders);
        for (var i = 0; i < orders.Length; i++)
        {
            if (orders[i].Request.OrderId != request.OrderId) continue;
            End(book, i, ReportKind.Canceled, RejectReason.None, request.ActiveFrom, reports);
            return;
        }

        reports.Add(new ExecutionReport { Kind = ReportKind.CancelRejected, OrderId = request.OrderId, Reason = RejectReason.UnknownOrder, Time = request.ActiveFrom });
    }

    private void End(SymbolBook book, int index, ReportKind kind, RejectReason reason, DateTime time, List<ExecutionReport> reports)
    {
        ref var order = ref CollectionsMarshal.AsSpan(book.Orders)[index];
        reports.Add(new ExecutionReport { Kind = kind, OrderId = order.Request.OrderId, Reason = reason, IsLast = true, Time = time, TradedInAll = order.Traded });
        Unlock(book, in order);
        book.Orders.RemoveAt(index);
    }

    private void Lock(SymbolBook book, in OrderRequest request, decimal quantity, decimal budget)
    {
        if (request.Side == OrderSide.Sell) book.Locked += quantity;
        else _lockedCash += LockOf(in request, quantity, budget);
    }

    private void Unlock(SymbolBook book, in RestingOrder order)
    {
        if (order.Request.Side == OrderSide.Sell) book.Locked -= order.Remaining;
        else _lockedCash -= LockOf(in order.Request, order.Remaining, order.BudgetLeft);
    }

    private decimal LockOf(in OrderRequest request, decimal quantity, decimal budget) =>
        request.Quantity == 0 ? budget : quantity * request.LimitPrice * (1 + _feeRate);

    private static RestingOrder RestingOf(in OrderRequest request) => new()
    {
        Request = request,
        BudgetLeft = request.Budget,
        Stop = (double)request.StopPrice,
        Limit = (double)request.LimitPrice,
    };

    private static void Reject(in OrderRequest request, RejectReason reason, List<ExecutionReport> reports) =>
        reports.Add(new ExecutionReport { Kind = ReportKind.Rejected, OrderId = request.OrderId, Reason = reason, IsLast = true, Time = request.ActiveFrom });
}
