using System.Runtime.CompilerServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Risk;

/// <summary>Judges and sizes entries. It is never asked about an order that reduces a position: nothing may block those.</summary>
public static class RiskPolicy
{
    /// <summary>The share of a budget that fee, slippage and the way to the next open may take.</summary>
    private const double CostHeadroom = 0.02;

    /// <summary>The share of what one order may sell that a position leaves free: an entry is filled at a price that may lie below the latest.</summary>
    private const double SaleHeadroom = 0.1;

    /// <summary>So much of a product of doubles is no more than how they were rounded.</summary>
    private const double Rounding = 1e-14;

    /// <summary>Beyond it a measure says no more than that it is beyond any limit, and a decimal could not hold it.</summary>
    private const double MostOfAnything = 1e12;

    /// <summary>Runs the checks in their order until one fails, and sizes the order when none does.</summary>
    /// <param name="sheet">Takes each check with its numbers; null when nobody asks for them.</param>
    public static RiskDecision Judge(in EntryRequest entry, RiskLimits limits, CheckSheet? sheet)
    {
        var refusal = OfAccount(in entry, limits, sheet);
        if (refusal == RefusalCode.None && limits.HasWatch) refusal = OfWatched(in entry, limits, sheet);
        if (refusal == RefusalCode.None) refusal = OfExposure(in entry, limits, sheet);
        return refusal == RefusalCode.None ? OfOrder(in entry, limits, sheet) : RiskDecision.Refused(refusal);
    }

    /// <summary>Whether the account and the symbol are ready for an entry at all.</summary>
    private static RefusalCode OfAccount(in EntryRequest entry, RiskLimits limits, CheckSheet? sheet)
    {
        var passes = !entry.IsKilled;
        sheet?.Note(RefusalCode.KillSwitch, passes ? 0 : 1, 0, passes);
        if (!passes) return RefusalCode.KillSwitch;

        passes = entry.Run == RunState.Running;
        sheet?.Note(RefusalCode.NotRunning, (decimal)entry.Run, (decimal)RunState.Running, passes);
        if (!passes) return RefusalCode.NotRunning;

        if (entry.IsArmed is { } isArmed)
        {
            sheet?.Note(RefusalCode.NotArmed, isArmed ? 0 : 1, 0, isArmed);
            if (!isArmed) return RefusalCode.NotArmed;
        }

        if (entry.Market.IsStoreAway)
        {
            sheet?.Note(RefusalCode.StoreAway, 1, 0, passed: false);
            return RefusalCode.StoreAway;
        }

        if (limits.MaxDataAgeSeconds > 0)
        {
            passes = entry.Market.DataAge.Ticks <= limits.MaxDataAgeSeconds * TimeSpan.TicksPerSecond;
            sheet?.Note(RefusalCode.StaleData, Number(entry.Market.DataAge.TotalSeconds), limits.MaxDataAgeSeconds, passes);
            if (!passes) return RefusalCode.StaleData;
        }

        if (entry.Market.Status != SymbolStatus.Unknown)
        {
            passes = entry.Market.Status == SymbolStatus.Trading;
            sheet?.Note(RefusalCode.SymbolHalted, passes ? 0 : 1, 0, passes);
            if (!passes) return RefusalCode.SymbolHalted;
        }

        if (limits.CooldownBars > 0)
        {
            passes = entry.BarsSinceExit >= limits.CooldownBars;
            sheet?.Note(RefusalCode.Cooldown, entry.BarsSinceExit, limits.CooldownBars, passes);
            if (!passes) return RefusalCode.Cooldown;
        }

        if (!limits.HasProtections && entry.LockedBars == 0) return RefusalCode.None;
        passes = entry.LockedBars == 0;
        sheet?.Note(RefusalCode.Locked, entry.LockedBars, 0, passes);
        return passes ? RefusalCode.None : RefusalCode.Locked;
    }

    /// <summary>The limits that are watched, and those that count by the day.</summary>
    private static RefusalCode OfWatched(in EntryRequest entry, RiskLimits limits, CheckSheet? sheet)
    {
        if (limits.MaxDailyLoss > 0)
        {
            var loss = Number(entry.DayLoss);
            var passes = (entry.Hits & LimitHits.DailyLoss) == LimitHits.None && loss < limits.MaxDailyLoss;
            sheet?.Note(RefusalCode.DailyLoss, loss, limits.MaxDailyLoss, passes);
            if (!passes) return RefusalCode.DailyLoss;
        }

        if (limits.MaxDrawdown > 0)
        {
            var fall = Number(entry.Drawdown);
            var passes = (entry.Hits & LimitHits.Drawdown) == LimitHits.None && fall < limits.MaxDrawdown;
            sheet?.Note(RefusalCode.Drawdown, fall, limits.MaxDrawdown, passes);
            if (!passes) return RefusalCode.Drawdown;
        }

        if (limits.MaxLossStreak > 0)
        {
            var passes = (entry.Hits & LimitHits.LossStreak) == LimitHits.None && entry.LossStreak < limits.MaxLossStreak;
            sheet?.Note(RefusalCode.LossStreak, entry.LossStreak, limits.MaxLossStreak, passes);
            if (!passes) return RefusalCode.LossStreak;
        }

        if (limits.MaxTradesPerDay > 0)
        {
            var passes = entry.DayEntries < limits.MaxTradesPerDay;
            sheet?.Note(RefusalCode.TradesPerDay, entry.DayEntries, limits.MaxTradesPerDay, passes);
            if (!passes) return RefusalCode.TradesPerDay;
        }

        return RefusalCode.None;
    }

    /// <summary>How much is at stake already.</summary>
    private static RefusalCode OfExposure(in EntryRequest entry, RiskLimits limits, CheckSheet? sheet)
    {
        var passes = entry.OpenPositions < limits.MaxOpenPositions;
        sheet?.Note(RefusalCode.TooManyPositions, entry.OpenPositions, limits.MaxOpenPositions, passes);
        if (!passes) return RefusalCode.TooManyPositions;

        if (Exact.IsPositive(entry.Held))
        {
            var most = entry.Equity * limits.MaxPositionShare;
            passes = entry.Held < most;
            sheet?.Note(RefusalCode.SymbolExposure, entry.Held, most, passes);
            if (!passes) return RefusalCode.SymbolExposure;
        }

        if (Exact.IsPositive(entry.Rules.MostAtMarket))
        {
            var most = Saleable(in entry);
            passes = entry.SymbolExposure < most;
            sheet?.Note(RefusalCode.SymbolExposure, entry.SymbolExposure, most, passes);
            if (!passes) return RefusalCode.SymbolExposure;
        }

        if (Exact.IsPositive(limits.MaxSymbolExposure))
        {
            var most = entry.Equity * limits.MaxSymbolExposure;
            passes = entry.SymbolExposure < most;
            sheet?.Note(RefusalCode.SymbolExposure, entry.SymbolExposure, most, passes);
            if (!passes) return RefusalCode.SymbolExposure;
        }

        if (Exact.IsPositive(limits.MaxExposure))
        {
            var most = entry.Equity * limits.MaxExposure;
            passes = entry.TotalExposure < most;
            sheet?.Note(RefusalCode.TotalExposure, entry.TotalExposure, most, passes);
            if (!passes) return RefusalCode.TotalExposure;
        }

        if (Exact.IsPositive(limits.MaxClusterExposure))
        {
            var most = entry.Equity * limits.MaxClusterExposure;
            passes = entry.ClusterExposure < most;
            sheet?.Note(RefusalCode.Correlation, entry.ClusterExposure >= 0 ? entry.ClusterExposure : RiskCheck.Unknown, most, passes);
            if (!passes) return RefusalCode.Correlation;
        }

        if (!Exact.IsPositive(limits.MaxSpread)) return RefusalCode.None;
        var spread = entry.Market.HasBook ? Number(entry.Market.Spread) : RiskCheck.Unknown;
        passes = spread <= limits.MaxSpread;
        sheet?.Note(RefusalCode.Spread, spread, limits.MaxSpread, passes);
        return passes ? RefusalCode.None : RefusalCode.Spread;
    }

    /// <summary>Whether the order itself makes sense: its levels, the money that is there, the rules of the exchange.</summary>
    private static RiskDecision OfOrder(in EntryRequest entry, RiskLimits limits, CheckSheet? sheet)
    {
        bool passes;
        var (stop, target) = (0m, 0m);
        if (entry.Signal.IsProtected)
        {
            (stop, target) = Levels(in entry);
            passes = Exact.IsPositive(stop) && (double)stop < entry.Price && (double.IsNaN(entry.Signal.Target) || entry.Price < (double)target);
            sheet?.Note(RefusalCode.StopOnWrongSide, stop, (decimal)entry.Price, passes);
            if (!passes) return RiskDecision.Refused(RefusalCode.StopOnWrongSide);
        }

        passes = Exact.IsPositive(entry.FreeCash);
        sheet?.Note(RefusalCode.NoCash, entry.FreeCash, 0, passes);
        if (!passes) return RiskDecision.Refused(RefusalCode.NoCash);

        if (Exact.IsPositive(limits.KellyFraction) && !HasEdge(in entry, limits, sheet)) return RiskDecision.Refused(RefusalCode.NoEdge);

        var wanted = PositionSizer.Budget(in entry, limits, stop);
        if (Exact.IsPositive(entry.Most) && wanted > entry.Most) wanted = entry.Most;
        if (Exact.IsPositive(entry.Rules.MostAtMarket)) wanted = Exact.Least(wanted, PositionSizer.Money(Saleable(in entry) - entry.SymbolExposure));
        if (Exact.IsPositive(entry.FirstDayMost))
        {
            if (!IsEnough(in entry, limits, stop, sheet)) return RiskDecision.Refused(RefusalCode.FirstDay);
            if (wanted > entry.FirstDayMost) wanted = entry.FirstDayMost;
        }

        var budget = Exact.IsSameOrLess(wanted, entry.FreeCash) ? wanted : entry.FreeCash;
        if (Exact.IsPositive(limits.MinLiquidity) && !IsOffered(in entry, limits, budget, sheet)) return RiskDecision.Refused(RefusalCode.Liquidity);

        // What no whole step covers is not bought. What is sold at the stop must be worth an order as well, or nothing could protect it.
        var smallest = Smallest(in entry, limits);
        var step = (double)entry.Rules.StepSize;
        var affordable = (double)budget * (1 - CostHeadroom) / entry.Price;
        var worthAtStop = Math.Max(0, affordable - step) * (Exact.IsPositive(stop) ? (double)stop : entry.Price);
        passes = Exact.IsPositive(budget) && worthAtStop >= (double)smallest * (1 - Rounding);
        sheet?.Note(RefusalCode.BelowMinNotional, Number(worthAtStop), smallest, passes);
        if (!passes) return RiskDecision.Refused(RefusalCode.BelowMinNotional);

        passes = affordable >= step;
        sheet?.Note(RefusalCode.BelowStep, Number(affordable), entry.Rules.StepSize, passes);
        if (!passes) return RiskDecision.Refused(RefusalCode.BelowStep);

        return Exact.IsPositive(limits.MinRewardToRisk) && !IsRewarded(in entry, limits, stop, target, sheet)
            ? RiskDecision.Refused(RefusalCode.RewardToRisk)
            : RiskDecision.Approved(new ApprovedOrder(budget, stop, target));
    }

    /// <summary>What a position may be worth, with what is owned already, so that one order at the market can sell it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static decimal Saleable(in EntryRequest entry) => Number((double)entry.Rules.MostAtMarket * (1 - SaleHeadroom) * entry.Price);

    private static decimal Smallest(in EntryRequest entry, RiskLimits limits) =>
        Exact.IsPositive(limits.MinNotional) ? Exact.Greatest(limits.MinNotional, entry.Rules.MinNotional) : entry.Rules.MinNotional;

    /// <summary>Whether what an entry may cost on the first day buys so much that it can be sold at its stop.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsEnough(in EntryRequest entry, RiskLimits limits, decimal stop, CheckSheet? sheet)
    {
        var worth = Exact.IsPositive(stop) ? (double)stop : entry.Price;
        var needed = Number((((double)Smallest(in entry, limits) / worth) + (double)entry.Rules.StepSize) * entry.Price / (1 - CostHeadroom));
        var passes = entry.FirstDayMost >= needed;
        sheet?.Note(RefusalCode.FirstDay, entry.FirstDayMost, needed, passes);
        return passes;
    }

    // Each by itself: most limits are off, and a method clears the room of all that it might need.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool HasEdge(in EntryRequest entry, RiskLimits limits, CheckSheet? sheet)
    {
        var justified = PositionSizer.Kelly(in entry, limits);
        var passes = justified is null or > 0;
        sheet?.Note(RefusalCode.NoEdge, justified ?? RiskCheck.Unknown, 0, passes);
        return passes;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsOffered(in EntryRequest entry, RiskLimits limits, decimal budget, CheckSheet? sheet)
    {
        var offered = entry.Market.HasBook ? Number(entry.Market.Ask * entry.Market.AskQuantity) : RiskCheck.Unknown;
        var passes = offered == RiskCheck.Unknown || offered >= budget * limits.MinLiquidity;
        sheet?.Note(RefusalCode.Liquidity, offered, budget * limits.MinLiquidity, passes);
        return passes;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsRewarded(in EntryRequest entry, RiskLimits limits, decimal stop, decimal target, CheckSheet? sheet)
    {
        var ratio = Exact.IsPositive(target) ? Number(((double)target - entry.Price) / (entry.Price - (double)stop)) : RiskCheck.Unknown;
        var passes = ratio == RiskCheck.Unknown || ratio >= limits.MinRewardToRisk;
        sheet?.Note(RefusalCode.RewardToRisk, ratio, limits.MinRewardToRisk, passes);
        return passes;
    }

    /// <summary>A measure as a decimal; one that is no number counts as beyond any limit.</summary>
    private static decimal Number(double value) =>
        double.IsNaN(value) ? 1_000_000_000_000m : (decimal)Math.Clamp(value, -MostOfAnything, MostOfAnything);

    private static (decimal Stop, decimal Target) Levels(in EntryRequest entry) =>
        (entry.Rules.RoundDownToTick(entry.Signal.Stop), double.IsNaN(entry.Signal.Target) ? 0 : entry.Rules.RoundUpToTick(entry.Signal.Target));
}
