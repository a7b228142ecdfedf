using OrleansTrader.Core.Risk;

namespace OrleansTrader.Core.Accounts;

/// <summary>Looks at the trades that an account has closed lately and says which symbols must rest.</summary>
internal static class Protections
{
    /// <summary>The locks that follow from the trade that was just closed; those that hold already are not set again.</summary>
    /// <param name="time">Close of the step, UTC.</param>
    public static void Judge(Account account, RiskLimits limits, DateTime time)
    {
        var state = account.State;
        var latest = state.Risk.Trades[0];
        if (limits.StopGuardStops > 0 && IsLostStop(latest))
        {
            var symbol = limits.StopGuardPerSymbol ? latest.Symbol : null;
            var stops = CountStops(state, symbol, time - Bars(state, limits.StopGuardBars));
            if (stops >= limits.StopGuardStops)
                Lock(LockReason.StopGuard, symbol, limits.StopGuardLockBars, stops, limits.StopGuardStops);
        }

        if (limits.MaxRecentDrawdown > 0 && latest.Pnl < 0)
        {
            var (trades, fall) = Fall(state, time - Bars(state, limits.RecentDrawdownBars));
            if (trades >= limits.RecentDrawdownTrades && fall >= (double)limits.MaxRecentDrawdown)
                Lock(LockReason.RecentDrawdown, symbol: null, limits.RecentDrawdownLockBars, fall, (double)limits.MaxRecentDrawdown);
        }

        if (limits.LowProfitTrades > 0)
        {
            var (trades, profit) = Profit(state, latest.Symbol, time - Bars(state, limits.LowProfitBars));
            if (trades >= limits.LowProfitTrades && profit < (double)limits.LowProfitFloor)
                Lock(LockReason.LowProfit, latest.Symbol, limits.LowProfitLockBars, profit, (double)limits.LowProfitFloor);
        }

        void Lock(LockReason reason, string? symbol, int bars, double value, double limit)
        {
            var until = time + Bars(state, bars);
            foreach (var known in state.Risk.Locks)
                if (known.Reason == reason && string.Equals(known.Symbol, symbol, StringComparison.Ordinal) && known.Until >= until)
                    return;
            var set = new TradingLock(state.Risk.NextLock, symbol, reason, time, until, value, limit);
            account.Raise(new Fact { Kind = FactKind.LockSet, Time = time, Symbol = symbol, Lock = set });
        }
    }

    private static bool IsLostStop(in ClosedTrade trade) =>
        trade is { Exit: ExitReason.Stop or ExitReason.Trailing or ExitReason.BreakEven or ExitReason.ProtectionLost, Pnl: < 0 };

    private static int CountStops(AccountState state, string? symbol, DateTime from)
    {
        var trades = state.Risk.Trades;
        var count = 0;
        for (var age = 0; age < trades.Count && trades[age].Time > from; age++)
            if (IsLostStop(trades[age]) && (symbol is null || string.Equals(trades[age].Symbol, symbol, StringComparison.Ordinal)))
                count++;
        return count;
    }

    /// <summary>How far the equity that the closed trades alone made fell from its best moment, as a share of that.</summary>
    private static (int Trades, double Fall) Fall(AccountState state, DateTime from)
    {
        var trades = state.Risk.Trades;
        var count = 0;
        // What coins of the owner have gained or lost is none of the account's trades.
        var settled = state.Cash;
        foreach (var position in state.Positions) settled += position.TotalCost;
        var equity = (double)settled;
        while (count < trades.Count && trades[count].Time > from) equity -= trades[count++].Pnl;

        var (peak, worst) = (equity, 0.0);
        for (var age = count - 1; age >= 0; age--)
        {
            equity += trades[age].Pnl;
            peak = Math.Max(peak, equity);
            worst = Math.Max(worst, (peak - equity) / peak);
        }

        return (count, worst);
    }

    private static (int Trades, double Profit) Profit(AccountState state, string symbol, DateTime from)
    {
        var trades = state.Risk.Trades;
        var (count, profit) = (0, 0.0);
        for (var age = 0; age < trades.Count && trades[age].Time > from; age++)
        {
            if (!string.Equals(trades[age].Symbol, symbol, StringComparison.Ordinal)) continue;
            count++;
            if (trades[age].Paid > 0) profit += trades[age].Pnl / trades[age].Paid;
        }

        return (count, profit);
    }

    private static TimeSpan Bars(AccountState state, int count) => state.Interval.Length * count;
}
