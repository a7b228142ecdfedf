using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Clock;
using OrleansTrader.ExchangeSimulator.Markets;
using OrleansTrader.ExchangeSimulator.Streams;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>Takes orders in, brings them to the book, takes them back, and lets them meet the moves of the market.</summary>
internal sealed class OrderDesk(
    OrderRegister register, OrderChecks checks, Taking taking, Settlement settlement, AccountFeed feed, ExchangeTime time, AssumptionOptions assumptions, MarketOptions markets)
{
    private const string NoFunds = "Account has insufficient balance for requested action.";

    /// <summary>Told when an order that is in a list changes: it traded, is about to trade at its price, or ended.</summary>
    public IListReactions? Lists { get; set; }

    /// <summary>Judges an order as if it were placed.</summary>
    public OrderDraft Judge(Account account, SymbolMarket market, OrderDraft draft, int orders = 1)
    {
        checks.Judge(account, market, draft, orders);
        var allowed = draft.SelfTrade is null || assumptions.AllowedSelfTrade.Count == 0 || assumptions.AllowedSelfTrade.Contains(draft.SelfTrade.Value);
        if (!allowed) throw new Refusal(-1013, "This symbol does not allow the specified self-trade prevention mode.");
        return draft with { SelfTrade = draft.SelfTrade ?? assumptions.DefaultSelfTrade };
    }

    public Order Place(Account account, SymbolMarket market, OrderDraft asked)
    {
        var draft = Judge(account, market, asked);
        var (quantity, watch) = Admit(account, market, draft);
        var order = register.Add(account, market, draft, quantity, time.Now);
        order.Watch = watch;
        order.Hold = new Hold(account, order.HeldAsset);
        if (!CanPay(order)) throw Forget(order);
        Start(order);
        return order;
    }

    /// <summary>What the engine would refuse, apart from what it costs.</summary>
    /// <returns>Base currency, and what the order waits for.</returns>
    public (decimal Quantity, PriceWatch? Watch) Admit(Account account, SymbolMarket market, OrderDraft draft)
    {
        if (draft.ClientId is { } id && register.IsTaken(account, market, id)) throw Refusal.ByEngine("Duplicate order sent.");
        var quantity = draft.Value > 0 ? QuantityOf(market, draft) : draft.Quantity;
        if (draft.Kind == OrderKind.LimitMaker && Offers.WouldTake(market, draft.Side, draft.Price)) throw Refusal.ByEngine("Order would immediately match and take.");
        if (!draft.IsContingent) return (quantity, null);
        return (quantity, PriceWatch.For(market, draft) ?? throw Refusal.ByEngine("Order would trigger immediately."));
    }

    /// <summary>Brings an order that was admitted to the book, or has it wait for its price.</summary>
    public void Start(Order order)
    {
        Settlement.Release(order);
        if (order.Watch is null)
        {
            Work(order);
            return;
        }

        order.Market.Waiting.Add(order.Id, order);
        feed.Report(order, ExecutionKind.New);
    }

    /// <summary>True when the account has what the order needs, in the shared hold of its list too.</summary>
    public static bool CanPay(Order order)
    {
        if (order is { Side: OrderSide.Buy, HasLimit: false } && order.Watch is null)
            return order.Market.Assumptions.MarketBuysSpendAll || Offers.Within(order.Market, order.Side, limit: null, order.Quantity).Value <= order.Account.FreeOf(order.HeldAsset) + order.Hold!.Amount;
        return order.Hold!.CanBe(Settlement.NeedOf(order));
    }

    public void Cancel(Order order, string clientId)
    {
        order.OriginalClientId = order.ClientId;
        register.Rename(order, clientId);
        End(order, OrderStatus.Canceled, ExpiryReason.None);
    }

    /// <summary>Ends an order, frees what it held, and tells of it.</summary>
    public void End(Order order, OrderStatus status, ExpiryReason reason)
    {
        if (!order.IsOpen) return;
        Close(order, status, reason);
        feed.Report(order, status == OrderStatus.Canceled ? ExecutionKind.Canceled : ExecutionKind.Expired);
        Lists?.Ended(order);
    }

    /// <summary>Lets the orders of a symbol meet a move of its price.</summary>
    public void Meet(SymbolMarket market, decimal from, in MarketTick tick)
    {
        if (market.Waiting.Count > 0) MeetWaiting(market, from, tick);
        market.LayBook(tick.Price);
        if (market.Resting.Count > 0) MeetResting(market, from, tick);
    }

    private void MeetWaiting(SymbolMarket market, decimal from, MarketTick tick)
    {
        foreach (var order in market.Waiting.Values.ToArray())
        {
            if (!order.IsOpen || order.Watch!.Reach(from, tick.Price, tick.Time) is not { } price) continue;
            market.LayBook(price);
            market.Waiting.Remove(order.Id);
            Lists?.GoesOff(order);
            Trigger(order);
        }
    }

    private void MeetResting(SymbolMarket market, decimal from, MarketTick tick)
    {
        foreach (var order in market.Resting.Values.ToArray())
        {
            if (!order.IsOpen) continue;
            var most = markets.MaxVolumeShare == 0 ? order.Remaining : Math.Min(order.Remaining, tick.Quantity * (decimal)markets.MaxVolumeShare);
            var quantity = order.Engine!.Rest(from, tick.Price, taking.ShareOf(market, most, out _));
            if (quantity == 0) continue;
            var trade = market.Trade(order.Price, quantity, time.Now, isBuyerMaker: order.Side == OrderSide.Buy);
            market.Touch();
            settlement.Book(order, in trade, isMaker: true);
            Filled(order);
            taking.Traded?.Invoke(market, trade);
        }
    }

    private void Trigger(Order order)
    {
        (order.FollowingSince, order.Watch) = (order.FollowingSince, null);
        order.WorkingSince = time.Now;
        Settlement.Release(order);
        if (CanPay(order)) Work(order);
        else End(order, OrderStatus.Expired, ExpiryReason.Rejected);
    }

    private void Work(Order order)
    {
        var market = order.Market;
        order.WorkingSince = time.Now;
        order.Engine = order.HasLimit
            ? EngineOrder.AtLimit(market.Rules, order.Side, order.Remaining, order.Price)
            : EngineOrder.AtMarket(market.Rules, order.Side, order.Remaining);
        if (!order.IsContingent || assumptions.TellsOfTrigger) feed.Report(order, ExecutionKind.New);
        var isWhole = order.TimeInForce != TimeInForce.Fok || Offers.Within(market, order.Side, order.Price, order.Remaining).Quantity >= order.Remaining;
        if (isWhole && order.Kind != OrderKind.LimitMaker) taking.Take(order, Close, Filled);
        if (!order.IsOpen) return;
        if (!isWhole) End(order, OrderStatus.Expired, ExpiryReason.UnfilledFokOrderExpired);
        else if (!order.HasLimit) End(order, OrderStatus.Expired, ExpiryReason.InsufficientLiquidity);
        else if (order.TimeInForce == TimeInForce.Ioc) End(order, OrderStatus.Expired, ExpiryReason.UnfilledIocQuantityExpired);
        else market.Rest(order);
    }

    private void Filled(Order order)
    {
        if (!order.IsOpen) Remove(order);
        Lists?.Traded(order);
    }

    private void Close(Order order, OrderStatus status) => Close(order, status, ExpiryReason.None);

    private void Close(Order order, OrderStatus status, ExpiryReason reason)
    {
        (order.Status, order.Expiry, order.Updated) = (status, reason, time.Now);
        Remove(order);
        Settlement.Release(order);
        order.Account.Touch(order.HeldAsset);
    }

    private static void Remove(Order order)
    {
        order.Market.Resting.Remove(order.Id);
        order.Market.Waiting.Remove(order.Id);
        order.Market.Touch();
        order.Engine = null;
    }

    private decimal QuantityOf(SymbolMarket market, OrderDraft draft)
    {
        var quantity = Offers.QuantityFor(market, draft.Side, draft.Value);
        if (quantity == 0) throw Refusal.ByEngine("Order book liquidity is less than symbol minimum quantity.");
        if (quantity < market.Filters.MinQuantity) throw Refusal.ByEngine("Order book liquidity is less than `LOT_SIZE` filter minimum quantity.");
        return market.Filters.MarketMaxQuantity > 0 ? Math.Min(quantity, market.Filters.MarketMaxQuantity) : quantity;
    }

    /// <summary>An order that was refused is none: it ends at once and is never told of.</summary>
    private Refusal Forget(Order order)
    {
        register.Remove(order);
        return Refusal.ByEngine(NoFunds);
    }
}
