using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Risk;

/// <summary>Judges and sizes entries. It is never asked about an order that reduces a position: nothing may block those.</summary>
public static class RiskPolicy
{
    /// <summary>Decimals of the quote currency that a budget may have.</summary>
    private const int QuoteDecimals = 8;

    /// <summary>Runs the checks in their order until one fails, and sizes the order when none does.</summary>
    /// <param name="sheet">Takes each check with its numbers.</param>
    public static RiskDecision Judge(in EntryRequest entry, RiskLimits limits, CheckSheet sheet)
    {
        if (!sheet.Note(RefusalCode.NotRunning, (decimal)entry.Run, (decimal)RunState.Running, entry.Run == RunState.Running))
            return RiskDecision.Refused(RefusalCode.NotRunning);

        if (limits.CooldownBars > 0
            && !sheet.Note(RefusalCode.Cooldown, entry.BarsSinceExit, limits.CooldownBars, entry.BarsSinceExit >= limits.CooldownBars))
            return RiskDecision.Refused(RefusalCode.Cooldown);

        if (!sheet.Note(RefusalCode.TooManyPositions, entry.OpenPositions, limits.MaxOpenPositions, entry.OpenPositions < limits.MaxOpenPositions))
            return RiskDecision.Refused(RefusalCode.TooManyPositions);

        var (stop, target) = Levels(in entry);
        if (entry.Signal.IsProtected
            && !sheet.Note(RefusalCode.StopOnWrongSide, stop, (decimal)entry.Price, Exact.IsPositive(stop) && (double)stop < entry.Price && entry.Price < (double)target))
            return RiskDecision.Refused(RefusalCode.StopOnWrongSide);

        if (!sheet.Note(RefusalCode.NoCash, entry.FreeCash, 0, Exact.IsPositive(entry.FreeCash)))
            return RiskDecision.Refused(RefusalCode.NoCash);

        var budget = Exact.Least(entry.FreeCash, decimal.Round(entry.Equity * limits.MaxPositionShare, QuoteDecimals, MidpointRounding.ToZero));
        var smallest = Exact.Greatest(limits.MinNotional, entry.Rules.MinNotional);
        var worthAtStop = Exact.IsPositive(stop) ? (decimal)((double)budget * ((double)stop / entry.Price)) : budget;
        if (!sheet.Note(RefusalCode.BelowMinNotional, worthAtStop, smallest, Exact.IsPositive(budget) && Exact.IsAtMost(smallest, worthAtStop)))
            return RiskDecision.Refused(RefusalCode.BelowMinNotional);

        return RiskDecision.Approved(new ApprovedOrder(budget, stop, target));
    }

    private static (decimal Stop, decimal Target) Levels(in EntryRequest entry) => entry.Signal.IsProtected
        ? (entry.Rules.RoundDownToTick(entry.Signal.Stop), entry.Rules.RoundUpToTick(entry.Signal.Target))
        : (0, 0);
}
