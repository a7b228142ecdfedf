using System.Runtime.CompilerServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts;

/// <summary>What a fill does to cash, position, fees and the order that it is of.</summary>
internal static class FillBooking
{
    /// <summary>Decimals to which the cost of a partial sale is rounded, in quote currency.</summary>
    private const int CostDecimals = 8;

    /// <summary>
    /// A fill whose fee was not taken in quote currency: what a purchase pays in what it buys, it does not get; any other asset is
    /// bought with cash for the fee's value, so that what is left adds up.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void BookForeignFee(AccountState state, Position position, ref OpenOrder order, in Fact fact, decimal value)
    {
        TakeFee(state, position, fact.Amount);
        var isBuy = order.Request.Side == OrderSide.Buy;
        var inKind = isBuy && fact.FeeAsset == FeeAsset.Base ? fact.Fee : 0;
        var paid = inKind > 0 ? 0 : fact.Amount;
        state.PaidElsewhere += fact.FeeAsset == FeeAsset.Bnb ? paid : 0;
        if (!fact.IsLast) TakePart(state, ref order, in fact, isBuy ? value + paid : 0);
        var net = fact with { Quantity = fact.Quantity - inKind, Fee = paid };
        if (!isBuy)
        {
            Sell(state, position, in net, value);
            return;
        }

        Buy(state, position, in net, value);
        // Its average price is of what was bought, whatever of it became fee.
        position.Tally.Bought += inKind;
    }

    public static void TakeFee(AccountState state, Position position, decimal fee)
    {
        state.Fees = Exact.Plus(state.Fees, fee);
        position.Record.Fees = Exact.Plus(position.Record.Fees, fee);
        position.Tally.Fees = Exact.Plus(position.Tally.Fees, fee);
    }

    /// <summary>What a partial fill leaves of its order.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void TakePart(AccountState state, ref OpenOrder order, in Fact fact, decimal cost)
    {
        Ledger.Confirm(state, ref order);
        order.Traded += fact.Quantity;
        order.LastTradeTime = fact.Time;
        if (fact.Leg == OcoLeg.Stop || order.Request.Type == OrderType.Stop) order.IsStopTriggered = true;
        var release = Math.Min(cost, order.Reserved);
        order.Reserved -= release;
        order.BudgetLeft -= cost;
        state.Reserved -= release;
        state.BookedTrades.Add(new BookedTrade(fact.OrderId, fact.TradeId));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Buy(AccountState state, Position position, in Fact fact, decimal value)
    {
        var cost = Exact.Plus(value, fact.Fee);
        state.Cash = Exact.Minus(state.Cash, cost);

        var tally = position.Tally;
        if (position.IsEmpty && tally.Buys == 0)
        {
            // Nothing to add to, as with most buys.
            position.EntryTime = fact.Time;
            position.Quantity = tally.Bought = fact.Quantity;
            position.Cost = cost;
            tally.Paid = value;
        }
        else
        {
            BuyMore(position, in fact, value, cost);
        }

        tally.LastBuyPrice = fact.Price;
        tally.Buys++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void BuyMore(Position position, in Fact fact, decimal value, decimal cost)
    {
        if (!position.IsHeld) position.EntryTime = fact.Time;
        position.Quantity += fact.Quantity + position.Dust;
        position.Cost += cost + position.DustCost;
        position.Dust = position.DustCost = 0;
        position.Tally.Bought += fact.Quantity;
        position.Tally.Paid += value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sell(AccountState state, Position position, in Fact fact, decimal value)
    {
        var left = Exact.Minus(position.Quantity, fact.Quantity);
        var isPart = Exact.IsPositive(left);
        if (!isPart && !Exact.IsZero(left))
        {
            SellBeyond(state, position, in fact, value);
            return;
        }

        var proceeds = Exact.Minus(value, fact.Fee);
        var cost = isPart ? CostOf(position, fact.Quantity) : position.Cost;
        var pnl = Exact.Minus(proceeds, cost);
        state.Cash = Exact.Plus(state.Cash, proceeds);
        position.Cost = isPart ? Exact.Minus(position.Cost, cost) : 0;
        position.Quantity = left;
        position.Record.RealisedPnl = Exact.Plus(position.Record.RealisedPnl, pnl);

        var tally = position.Tally;
        if (tally.Sells == 0) (tally.Sold, tally.Received, tally.Pnl) = (fact.Quantity, value, pnl);
        else SellMore(tally, in fact, value, pnl);
        tally.LastSellPrice = fact.Price;
        tally.Sells++;
        tally.Exit = fact.Exit;
    }

    /// <summary>A sale that was under way when its owner took away what it was to sell, and brought other coins: these were sold then.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SellBeyond(AccountState state, Position position, in Fact fact, decimal value)
    {
        var beyond = fact.Quantity - position.Quantity;
        var worth = beyond * fact.Price;
        state.Cash += worth;
        position.External = Math.Max(0, position.External - beyond);
        position.ExternalPaid -= worth;
        if (position.IsHeld)
        {
            Sell(state, position, fact with { Quantity = position.Quantity }, value - worth);
            return;
        }

        // No trade of the account bears it.
        state.Cash -= fact.Fee;
        position.Tally.Fees -= fact.Fee;
        position.Record.RealisedPnl -= fact.Fee;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SellMore(TradeTally tally, in Fact fact, decimal value, decimal pnl)
    {
        tally.Sold += fact.Quantity;
        tally.Received += value;
        tally.Pnl += pnl;
    }

    private static decimal CostOf(Position position, decimal quantity) =>
        decimal.Round(position.Cost * quantity / position.Quantity, CostDecimals);
}
