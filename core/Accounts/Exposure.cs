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

    /// <summary>The exchange has confirmed a stop over everything that is not being sold already, and nothing has taken it away.</summary>
    private static bool IsCovered(AccountState state, Position position)
    {
        if (position.ProtectionOrderId == 0) return false;
        var orders = CollectionsMarshal.AsSpan(state.Orders);
        ref readonly var order = ref orders[Ledger.IndexOfOrder(state, position.ProtectionOrderId)];
        return order is { Status: OrderStatus.Accepted, IsStopGone: false, IsCancelRequested: false } && order.Remaining == ToProtect(state, position);
    }

    /// <summary>Base currency that a stop is to cover: all that is held but what a reduction sells.</summary>
    public static decimal ToProtect(AccountState state, Position position)
    {
        var kept = position.Quantity - position.Reduction;
        if (position.ReductionOrderId != 0) kept -= CollectionsMarshal.AsSpan(state.Orders)[Ledger.IndexOfOrder(state, position.ReductionOrderId)].Remaining;
        return position.Rules.FloorToStep(kept);
    }

    /// <summary>Base currency that one order at the market is to sell of a position that is left: all of it, or as much as the exchange takes at once.</summary>
    public static decimal ToSell(Position position)
    {
        var (quantity, rules) = (position.Rules.FloorToStep(position.Quantity), position.Rules);
        return Exact.IsPositive(rules.MostAtMarket) ? Exact.Least(quantity, rules.FloorToStep(rules.MostAtMarket)) : quantity;
    }
}
