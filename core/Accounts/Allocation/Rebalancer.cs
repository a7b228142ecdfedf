using System.Collections.Immutable;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts.Allocation;

/// <summary>Works out which trades bring an account back to its targets; it trades nothing itself.</summary>
public static class Rebalancer
{
    private const int QuoteDecimals = 8;

    /// <summary>Symbols that drifted further than allowed go all the way back; purchases share what cash there is.</summary>
    public static RebalancePlan Plan(AccountState state, AllocationTargets targets)
    {
        // Its owner's coins are neither counted nor touched.
        var equity = state.EquityValue - state.ExternalValue;
        var legs = targets.Shares
            .Where(target => Ledger.SlotOf(state, target.Key) >= 0)
            .Select(target => LegOf(state, state.Positions[Ledger.SlotOf(state, target.Key)], target.Value, equity, targets))
            .ToList();
        ShareCash(legs, state.FreeCash, targets);
        return new RebalancePlan(equity, [.. legs], legs.Sum(leg => leg.Cost), Rounded(equity * targets.MaxCost));
    }

    private static RebalanceLeg LegOf(AccountState state, Position position, decimal target, decimal equity, AllocationTargets targets)
    {
        var value = position.Value;
        var share = equity > 0 ? value / equity : 0;
        var held = new RebalanceLeg(position.Symbol, target, share, value, LegHold.WithinDrift, OrderSide.Buy, 0, 0, 0);
        if (position.Mark <= 0) return held with { Hold = LegHold.NoPrice };
        if (position.Leaving != ExitReason.None || position.HasPart || state.Orders.Exists(order => order.Request.Purpose != OrderPurpose.Protection && IsOf(order, position)))
            return held with { Hold = LegHold.Busy };
        if (Math.Abs(share - target) <= targets.Drift) return held;

        var amount = Rounded((target * equity) - value);
        if (amount > 0) return IsTooSmall(amount, position, targets) ? held with { Hold = LegHold.TooSmall } : Bought(held, amount, targets);

        var quantity = Math.Min(position.Rules.FloorToStep(-amount / position.MarkPrice), position.Rules.FloorToStep(position.Quantity));
        // Nothing may be left that no order could sell, at its stop where it has one.
        if (position.Rules.FloorToStep(position.Quantity - quantity) * (position.Stop > 0 ? position.Stop : position.MarkPrice) < position.Rules.MinNotional) quantity = position.Rules.FloorToStep(position.Quantity);
        var proceeds = Rounded(quantity * position.MarkPrice);
        return IsTooSmall(proceeds, position, targets)
            ? held with { Hold = LegHold.TooSmall, Side = OrderSide.Sell }
            : held with { Hold = LegHold.None, Side = OrderSide.Sell, Amount = proceeds, Quantity = quantity, Cost = Rounded(proceeds * targets.CostShare) };
    }

    /// <summary>What is sold pays for what is bought; where that and the cash are not enough, every purchase shrinks alike.</summary>
    private static void ShareCash(List<RebalanceLeg> legs, decimal freeCash, AllocationTargets targets)
    {
        var sold = legs.Where(leg => leg.Side == OrderSide.Sell).Sum(leg => leg.Amount - leg.Cost);
        var bought = legs.Where(leg => leg.Side == OrderSide.Buy).Sum(leg => leg.Amount);
        var available = Math.Max(0, freeCash + sold);
        if (bought <= available) return;
        for (var i = 0; i < legs.Count; i++)
        {
            var leg = legs[i];
            if (leg.Hold != LegHold.None || leg.Side != OrderSide.Buy) continue;
            var amount = Rounded(leg.Amount * available / bought);
            legs[i] = amount >= targets.MinTrade ? Bought(leg, amount, targets) : leg with { Hold = LegHold.TooSmall, Amount = 0, Cost = 0 };
        }
    }

    private static RebalanceLeg Bought(RebalanceLeg leg, decimal amount, AllocationTargets targets) =>
        leg with { Hold = LegHold.None, Side = OrderSide.Buy, Amount = amount, Cost = Rounded(amount * targets.CostShare) };

    private static bool IsTooSmall(decimal amount, Position position, AllocationTargets targets) =>
        amount < Math.Max(targets.MinTrade, position.Rules.MinNotional) || amount < position.Rules.StepSize * position.MarkPrice;

    private static bool IsOf(OpenOrder order, Position position) => string.Equals(order.Request.Symbol, position.Symbol, StringComparison.Ordinal);

    private static decimal Rounded(decimal amount) => decimal.Round(amount, QuoteDecimals, MidpointRounding.ToZero);
}
