using System.Collections.Immutable;
using System.Globalization;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <summary>How an account stands to its limits, as a person sees it.</summary>
internal static class RiskViews
{
    public static RiskView ViewOf(AccountState state, RiskLimits limits)
    {
        var risk = state.Risk;
        var equity = state.EquityValue;
        var isToday = risk.Day == state.StepTime.Date;
        // What ends with the day has ended, although nothing has written that down yet.
        var hits = isToday ? risk.Hits : risk.Hits & LimitHits.Drawdown;
        var streak = (risk.Hits & ~hits & LimitHits.LossStreak) == LimitHits.None ? risk.LossStreak : 0;
        var dayLoss = isToday && risk.DayEquity > 0 ? (double)(1 - (equity / risk.DayEquity)) : 0;
        var fall = risk.Peak > 0 ? 1 - (state.Equity.Latest / risk.Peak) : 0;
        var open = state.Positions.Count(position => !position.IsIdle);
        var exposure = equity > 0 ? (double)((state.Reserved + state.Positions.Sum(position => position.Value)) / equity) : 0;
        return new RiskView(
            limits,
            RiskPresets.Explain(limits, equity),
            risk.IsKilled,
            risk.PausedBy,
            [
                Of(RefusalCode.DailyLoss, dayLoss, (double)limits.MaxDailyLoss, LimitHits.DailyLoss, Text($"Today has lost {100 * Math.Max(0, dayLoss):0.00} % of {100 * limits.MaxDailyLoss:0.00} %")),
                Of(RefusalCode.Drawdown, fall, (double)limits.MaxDrawdown, LimitHits.Drawdown, Text($"The equity is {100 * fall:0.00} % below its peak, of {100 * limits.MaxDrawdown:0.00} %")),
                Of(RefusalCode.LossStreak, streak, limits.MaxLossStreak, LimitHits.LossStreak, Text($"{streak} of {Counted.Of(limits.MaxLossStreak, "loss", "losses in a row")}")),
                Of(RefusalCode.TooManyPositions, open, limits.MaxOpenPositions, LimitHits.None, Text($"{open} of {Counted.Of(limits.MaxOpenPositions, "position")} open")),
                Of(RefusalCode.TotalExposure, exposure, (double)limits.MaxExposure, LimitHits.None, Text($"{100 * exposure:0.00} % of the equity is in positions and entries, of {100 * limits.MaxExposure:0.00} %")),
                Of(RefusalCode.TradesPerDay, isToday ? risk.DayEntries : 0, limits.MaxTradesPerDay, LimitHits.None, Text($"{(isToday ? risk.DayEntries : 0)} of {Counted.Of(limits.MaxTradesPerDay, "entry", "entries")} today")),
            ],
            [
                .. risk.Locks.Where(known => known.Until > state.StepTime)
                    .Select(known => new LockView(known.Id, known.Symbol, known.Reason, known.From, known.Reason == LockReason.Difference ? null : known.Until, known.Describe())),
            ]);

        LimitView Of(RefusalCode code, double value, double limit, LimitHits hit, string text)
        {
            var isHit = hit == LimitHits.None ? limit > 0 && value >= limit : (hits & hit) != LimitHits.None;
            return new LimitView(code, value, limit, limits.ReactionTo(code), isHit, limit == 0 ? "This limit is off." : $"{text}{(isHit ? ": no new positions" : "")}.");
        }
    }

    public static ImmutableArray<LimitsChangeView> HistoryOf(RiskRecord risk) =>
        [.. risk.Changes.Select(change => new LimitsChangeView(change.At, change.Origin, change.Values, change.Describe()))];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
