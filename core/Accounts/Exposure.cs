using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts;

/// <summary>How long a position lacks the stop that it is meant to have, by the times of what the exchange reported.</summary>
internal static class Exposure
{
    /// <summary>Looks at the position after a fact of that time.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Follow(AccountState state, Position position, DateTime time)
    {
        var isOpen = position.IsHeld && position.Stop > 0 && !IsCovered(state, position);
        if (isOpen == (position.UnprotectedSince != default)) return;
        if (isOpen)
        {
            position.UnprotectedSince = time;
            return;
        }

        // Reports may come late, and then tell of an earlier time.
        if (time > position.UnprotectedSince) position.Unprotected += time - position.UnprotectedSince;
        position.UnprotectedSince = default;
    }

    /// <summary>A stop that was to be taken back has rested until the exchange took it back, however long before that was decided.</summary>
    public static void NoteRest(AccountState state, in Fact end)
    {
        ref readonly var order = ref CollectionsMarshal.AsSpan(state.Orders)[Ledger.IndexOfOrder(state, end.OrderId)];
        if (order is not { Request.Purpose: OrderPurpose.Protection, Status: OrderStatus.Accepted, IsCancelRequested: true, IsStopGone: false, IsStopTriggered: false, EndsAt: null }) return;
        var position = Ledger.PositionOf(state, order.Request.Symbol);
        if (position.UnprotectedSince == order.CancelTime && end.Time > order.CancelTime) position.UnprotectedSince = end.Time;
    }

    /// <summary>The exchange has confirmed a stop over everything that is not being sold already, and nothing has taken it away.</summary>
    private static bool IsCovered(AccountState state, Position position)
    {
        if (position.ProtectionOrderId == 0) return false;
        var orders = CollectionsMarshal.AsSpan(state.Orders);
        ref readonly var order = ref orders[Ledger.IndexOfOrder(state, position.ProtectionOrderId)];
        return order is { Status: OrderStatus.Accepted, IsStopGone: false, IsCancelRequested: false } && order.Remaining == ToProtect(state, position, position.RestingRules ?? position.Rules);
    }

    /// <summary>True for a protection that is not what is to rest by now; one that has only outlived the rules by which it was placed still is.</summary>
    public static bool IsStale(AccountState state, Position position, in OpenOrder protection)
    {
        var rules = position.RestingRules ?? position.Rules;
        var (quantity, remaining, stop) = (ToProtect(state, position, rules), protection.Remaining, protection.RequestInPlace.StopPrice);
        if (remaining == quantity && (stop == position.Stop || stop == position.StopOn(rules) || protection.IsStopTriggered)) return false;
        // An old stop is better than none, as long as it does not sell what is not there.
        return position.RestingRules is null || remaining > quantity || CanCarry(position, ToProtect(state, position, position.Rules), position.StopOn(position.Rules));
    }

    /// <summary>Base currency that a stop is to cover by these rules: all that is held but what a reduction sells.</summary>
    public static decimal ToProtect(AccountState state, Position position, SymbolRules rules)
    {
        // A part is sold by the rules of now, whatever the stop was placed by.
        var kept = position.Quantity - position.Rules.FloorToStep(position.Reduction);
        if (position.ReductionOrderId != 0) kept -= CollectionsMarshal.AsSpan(state.Orders)[Ledger.IndexOfOrder(state, position.ReductionOrderId)].Remaining;
        return rules.FloorToStep(kept);
    }

    /// <summary>
    /// Base currency that one order at the market is to sell of a position that is left: all of it, or as much as the exchange takes at
    /// once, where neither that nor what is left then is worth too little for an order.
    /// </summary>
    public static decimal ToSell(Position position)
    {
        var whole = position.Rules.FloorToStep(position.Quantity);
        return Exact.IsPositive(position.Rules.MostAtMarket) ? PartToSell(position, whole) : whole;
    }

    private static decimal PartToSell(Position position, decimal whole)
    {
        var (rules, price) = (position.Rules, position.MarkPrice);
        var most = rules.FloorToStep(rules.MostAtMarket);
        if (whole <= most || !CanCarry(position, most, price)) return whole;
        // Between two parts the price moves, so that the rest is to be well above the least.
        if (CanCarry(position, (whole - most) / 2, price)) return most;
        var half = rules.FloorToStep(whole / 2);
        return CanCarry(position, half, price) ? half : whole;
    }

    private static bool CanCarry(Position position, decimal quantity, decimal price) =>
        Exact.IsPositive(quantity) && quantity * price >= position.Rules.MinNotional;
}
