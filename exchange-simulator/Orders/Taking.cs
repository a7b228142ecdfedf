using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Clock;
using OrleansTrader.ExchangeSimulator.Markets;
using OrleansTrader.ExchangeSimulator.Streams;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>Lets an order take from the book, offer by offer, and prevents it from trading with its own account.</summary>
internal sealed class Taking(Settlement settlement, AccountFeed feed, OrderRegister register, ExchangeTime time)
{
    /// <summary>Told of each trade of an account, as everybody sees it.</summary>
    public Action<SymbolMarket, MarketTrade>? Traded { get; set; }

    /// <summary>True when an order gets half of what there is and no more, as a fault.</summary>
    public Func<bool> IsCutShort { get; set; } = () => false;

    /// <summary>What an order gets of what there is for it.</summary>
    /// <param name="isShort">No more is to be had.</param>
    public decimal ShareOf(SymbolMarket market, decimal quantity, out bool isShort)
    {
        isShort = IsCutShort();
        return isShort ? market.Rules.FloorToStep(quantity / 2) : quantity;
    }

    /// <param name="end">Ends an order that a prevented trade has used up.</param>
    /// <param name="filled">Told after each trade of an order, the maker's first.</param>
    public void Take(Order taker, Action<Order, OrderStatus> end, Action<Order> filled)
    {
        foreach (var offer in Offers.For(taker.Market, taker.Side))
        {
            if (!taker.IsOpen || taker.Remaining <= 0) break;
            if (taker.HasLimit && !Offers.IsWithin(taker.Side, offer.Price, taker.Price)) break;
            if (offer.Maker is { IsOpen: false }) continue;
            if (offer.Maker is { } own && own.Account.IsKinOf(taker.Account) && taker.SelfTrade != SelfTradePrevention.None)
            {
                Prevent(taker, own, offer.Price, end);
                continue;
            }

            var most = ShareOf(taker.Market, Math.Min(Math.Min(offer.Quantity, taker.Remaining), Affordable(taker, offer.Price)), out var isShort);
            var quantity = taker.Engine!.Take(offer.Price, most);
            if (quantity == 0) break;
            Settle(taker, offer, quantity, filled);
            if (isShort) break;
        }
    }

    /// <summary>What is left to buy for, of an order that may spend all there is; any quantity for all others.</summary>
    private static decimal Affordable(Order taker, decimal price) =>
        taker is { Side: OrderSide.Buy, HasLimit: false } && taker.Market.Assumptions.MarketBuysSpendAll
            ? taker.Market.Rules.FloorToStep(taker.Account.FreeOf(taker.HeldAsset) / price)
            : decimal.MaxValue;

    private void Settle(Order taker, in Offer offer, decimal quantity, Action<Order> filled)
    {
        var market = taker.Market;
        var trade = market.Trade(offer.Price, quantity, time.Now, isBuyerMaker: taker.Side == OrderSide.Sell);
        if (offer.Maker is { } maker)
        {
            maker.Engine!.Rest(offer.Price, offer.Price, quantity);
            settlement.Book(maker, in trade, isMaker: true);
            filled(maker);
        }
        else
        {
            market.Ladder.Take(taker.Side, offer.Price, quantity);
        }

        market.Touch();
        settlement.Book(taker, in trade, isMaker: false);
        filled(taker);
        Traded?.Invoke(market, trade);
    }

    private void Prevent(Order taker, Order maker, decimal price, Action<Order, OrderStatus> end)
    {
        var mode = taker.SelfTrade;
        var both = Math.Min(taker.Remaining, maker.Remaining);
        decimal? fromTaker = mode switch
        {
            SelfTradePrevention.ExpireTaker or SelfTradePrevention.ExpireBoth => taker.Remaining,
            SelfTradePrevention.Decrement or SelfTradePrevention.Transfer => both,
            _ => null,
        };
        decimal? fromMaker = mode switch
        {
            SelfTradePrevention.ExpireMaker or SelfTradePrevention.ExpireBoth => maker.Remaining,
            SelfTradePrevention.Decrement or SelfTradePrevention.Transfer => both,
            _ => null,
        };
        var match = new PreventedMatch(register.NextPreventedMatch(), taker, maker, price, fromTaker, fromMaker, mode, time.Now);
        Reduce(maker, match, fromMaker, end);
        Reduce(taker, match, fromTaker, end);
    }

    private void Reduce(Order order, PreventedMatch match, decimal? quantity, Action<Order, OrderStatus> end)
    {
        if (order == match.Taker || quantity is not null) order.PreventedMatches.Add(match);
        if (quantity is not { } prevented) return;
        order.Prevented += prevented;
        order.Updated = time.Now;
        order.Market.Touch();
        if (order.Remaining == 0) end(order, OrderStatus.ExpiredInMatch);
        Settlement.Release(order);
        feed.Report(order, ExecutionKind.TradePrevention, prevented: match);
    }
}
