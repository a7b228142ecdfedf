using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Backtesting;

/// <summary>Runs an account over recorded bars as fast as they go, through the same account, risk policy and matching as paper and live.</summary>
public static class Backtester
{
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing is left behind.</exception>
    /// <returns>The account as the last bar leaves it.</returns>
    public static AccountState Run(BacktestPlan plan, CancellationToken cancellation = default)
    {
        var tapes = plan.Tapes.OrderBy(tape => tape.Rules.Symbol, StringComparer.Ordinal).ToArray();
        var account = new Account(new AccountState { Name = "backtest" }, explains: plan.Explains, keepsFacts: plan.Listener is not null);
        var exchange = new MatchingEngine(plan.Matching, plan.Interval, plan.Cash);
        account.Use(plan.Exits);
        var step = new AccountStep(account, exchange, plan.Limits.InBarsOf(plan.Interval)) { Listener = plan.Listener };
        var start = Opening(tapes);

        IStrategy[] strategies = [.. tapes.Select(_ => plan.Strategy())];
        // By an instance that sees no bar, as in the service.
        if (strategies is [IPositionStrategy, ..]) account.Use(plan.Strategy() as IPositionStrategy, endures: false);
        step.Open(plan.Cash, "backtest", plan.Interval, start, strategies.FirstOrDefault()?.Name ?? "");
        foreach (var tape in tapes) step.Add(tape.Rules, start);

        AnalysedTape[] analysed = [.. tapes.Select((tape, i) => new AnalysedTape(tape, new SymbolAnalyzer(strategies[i], tellsRegime: plan.Explains, plan.Interval, plan.Exits)))];
        var progress = new RunProgress(tapes.Sum(tape => (long)tape.Candles.Length), plan.Progress, cancellation);
        if (analysed is [var only]) WalkAlone(only, step, progress);
        else Walk(new TapeReel(analysed), plan.Interval, step, progress);
        return account.State;
    }

    private static void WalkAlone(AnalysedTape tape, AccountStep step, RunProgress progress)
    {
        while (tape.MoveNext())
        {
            step.RunAlone(tape.Candles, tape.Signals);
            progress.Add(tape.Candles.Length);
        }
    }

    private static void Walk(TapeReel reel, Interval interval, AccountStep step, RunProgress progress)
    {
        var done = 0L;
        while (WalkSteps(reel, interval, step))
        {
            progress.Add(reel.Done - done);
            done = reel.Done;
        }
    }

    /// <summary>Called many times rather than once, so that the compiler replaces the loop by its optimised form early.</summary>
    private static bool WalkSteps(TapeReel reel, Interval interval, AccountStep step)
    {
        const int Steps = 256;
        for (var i = 0; i < Steps; i++)
        {
            if (!reel.MoveNext(out var openTime)) return false;
            step.Run(interval.CloseOf(openTime), reel.Bars, reel.Signals, reel.Active);
        }

        return true;
    }

    private static DateTime Opening(SymbolTape[] tapes)
    {
        var first = DateTime.MaxValue;
        foreach (var tape in tapes)
            if (!tape.Candles.IsEmpty && tape.Candles.Span[0].OpenTime < first)
                first = tape.Candles.Span[0].OpenTime;
        return first == DateTime.MaxValue ? DateTime.UnixEpoch : first;
    }
}
