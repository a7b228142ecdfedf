using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Risk;

/// <summary>Judges and sizes entries. It is never asked about an order that reduces a position: nothing may block those.</summary>
public static class RiskPolicy
{
    /// <summary>Decimals of the quote currency that a budget may have.</summary>
    private const int QuoteDecimals = 8;

    /// <summary>The share of a budget that fee, slippage and the way to the next open may take.</summary>
    private const double CostHeadroom = 0.02;

    /// <summary>Runs the checks in their order until one fails, and sizes the order when none does.</summary>
    /// <param name="sheet">Takes each check with its numbers; null when nobody asks for them.</param>
    public static RiskDecision Judge(in EntryRequest entry, RiskLimits limits, CheckSheet? sheet)
    {
        var passes = entry.Run == RunState.Running;
        sheet?.Note(RefusalCode.NotRunning, (decimal)entry.Run, (decimal)RunState.Running, passes);
        if (!passes) return RiskDecision.Refused(RefusalCode.NotRunning);

        if (limits.CooldownBars > 0)
        {
            passes = entry.BarsSinceExit >= limits.CooldownBars;
            sheet?.Note(RefusalCode.Cooldown, entry.BarsSinceExit, limits.CooldownBars, passes);
            if (!passes) return RiskDecision.Refused(RefusalCode.Cooldown);
        }

        passes = entry.OpenPositions < limits.MaxOpenPositions;
        sheet?.Note(RefusalCode.TooManyPositions, entry.OpenPositions, limits.MaxOpenPositions, passes);
        if (!passes) return RiskDecision.Refused(RefusalCode.TooManyPositions);

        var (stop, target) = (0m, 0m);
        if (entry.Signal.IsProtected)
        {
            (stop, target) = Levels(in entry);
            passes = Exact.IsPositive(stop) && (double)stop < entry.Price && entry.Price < (double)target;
            sheet?.Note(RefusalCode.StopOnWrongSide, stop, (decimal)entry.Price, passes);
            if (!passes) return RiskDecision.Refused(RefusalCode.StopOnWrongSide);
        }

        passes = Exact.IsPositive(entry.FreeCash);
        sheet?.Note(RefusalCode.NoCash, entry.FreeCash, 0, passes);
        if (!passes) return RiskDecision.Refused(RefusalCode.NoCash);

        var share = Money(Exact.Product(entry.Equity, limits.MaxPositionShare));
        var budget = Exact.IsSameOrLess(share, entry.FreeCash) ? share : entry.FreeCash;
        var smallest = Exact.Greatest(limits.MinNotional, entry.Rules.MinNotional);
        var worthAtStop = (decimal)WorthOf(budget, Exact.IsPositive(stop) ? (double)stop : entry.Price, in entry);
        passes = Exact.IsPositive(budget) && Exact.IsAtMost(smallest, worthAtStop);
        sheet?.Note(RefusalCode.BelowMinNotional, worthAtStop, smallest, passes);
        return passes ? RiskDecision.Approved(new ApprovedOrder(budget, stop, target)) : RiskDecision.Refused(RefusalCode.BelowMinNotional);
    }

    /// <summary>What the budget buys is at least worth so much at a price: fee, slippage and what no whole step covers are taken off.</summary>
    private static double WorthOf(decimal budget, double price, in EntryRequest entry) =>
        Math.Max(0, ((double)budget * (1 - CostHeadroom) / entry.Price) - (double)entry.Rules.StepSize) * price;

    private static decimal Money(decimal amount) =>
        amount.Scale <= QuoteDecimals ? amount : decimal.Round(amount, QuoteDecimals, MidpointRounding.ToZero);

    private static (decimal Stop, decimal Target) Levels(in EntryRequest entry) =>
        (entry.Rules.RoundDownToTick(entry.Signal.Stop), entry.Rules.RoundUpToTick(entry.Signal.Target));
}
