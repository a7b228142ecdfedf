using System.Runtime.CompilerServices;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.Core.Accounts;

/// <summary>Books what a comparison with the exchange has found out about a symbol.</summary>
internal static class ExchangeAudit
{
    /// <summary>Longer than anybody waits: its owner lifts it.</summary>
    private static readonly TimeSpan UntilLifted = TimeSpan.FromDays(3_650);

    /// <summary>What cannot be traded for longer is told again.</summary>
    private static readonly TimeSpan UntilTraded = TimeSpan.FromHours(1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Book(Account account, in ExecutionReport report)
    {
        if (Ledger.SlotOf(account.State, report.Symbol!) is not (>= 0 and var slot)) return;
        if (report.Kind == ReportKind.Listed) account.List(report.Rules!, report.Time);
        else if (report.Kind == ReportKind.Differs) Lock(account, in report, LockReason.Difference, UntilLifted);
        else if (report.Kind == ReportKind.NotTraded) Lock(account, in report, LockReason.NotTraded, UntilTraded);
        else if (report.Kind == ReportKind.TradedAgain) Unlock(account, report.Symbol!, report.Time);
        else if (report.Kind == ReportKind.StopStuck) account.LeaveStuck(account.State.Positions[slot], report.Time);
        else account.Attend(account.State.Positions[slot], report.Time);
    }

    private static void Lock(Account account, in ExecutionReport report, LockReason reason, TimeSpan length)
    {
        var risk = account.State.Risk;
        foreach (var known in risk.Locks)
            if (known.Reason == reason && known.Holds(report.Symbol!, report.Time))
                return;
        var set = new TradingLock(risk.NextLock, report.Symbol, reason, report.Time, report.Time + length, (double)report.Quantity, Limit: 0);
        account.Raise(new Fact { Kind = FactKind.LockSet, Time = report.Time, Symbol = report.Symbol, Lock = set });
    }

    private static void Unlock(Account account, string symbol, DateTime time)
    {
        foreach (var held in account.State.Risk.Locks.FindAll(held => held.Reason == LockReason.NotTraded && held.Holds(symbol, time))) account.LiftLock(held.Id, time);
    }
}
