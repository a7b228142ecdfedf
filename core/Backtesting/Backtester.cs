using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Backtesting;

/// <summary>Runs an account over recorded bars as fast as they go, through the same account, risk policy and matching as paper and live.</summary>
public static class Backtester
{
    private const int ProgressReports = 100;

    /// <exception cref="OperationCanceledException">The run was cancelled; nothing is left behind.</exception>
    public static BacktestResult Run(BacktestPlan plan, CancellationToken cancellation = default)
    {
        var tapes = plan.Tapes.OrderBy(tape => tape.Rules.Symbol, StringComparer.Ordinal).ToArray();
        var account = new Account(new AccountState { Name = "backtest" }, explains: false);
        var exchange = new MatchingEngine(plan.Matching, plan.Interval, plan.Cash);
        var step = new AccountStep(account, exchange, plan.Limits) { Listener = plan.Listener };
        var start = Opening(tapes);

        step.Open(plan.Cash, "backtest", plan.Interval, start);
        foreach (var tape in tapes) step.Add(tape.Rules, new SymbolAnalyzer(plan.Strategy()), start);

        Walk(plan, tapes, step, cancellation);
        return ResultOf(account.State, tapes);
    }

    private static void Walk(BacktestPlan plan, SymbolTape[] tapes, AccountStep step, CancellationToken cancellation)
    {
        var reel = new TapeReel(tapes);
        var stride = Math.Max(1, tapes.Sum(tape => (long)tape.Candles.Length) / ProgressReports);
        while (WalkTo(reel.Done + stride, reel, plan.Interval, step))
        {
            cancellation.ThrowIfCancellationRequested();
            plan.Progress?.Invoke(reel.Done);
        }
    }

    /// <summary>Called a hundred times rather than once, so that the compiler replaces the loop by its optimised form early.</summary>
    private static bool WalkTo(long bars, TapeReel reel, Interval interval, AccountStep step)
    {
        var length = interval.Length.Ticks;
        while (reel.Done < bars)
        {
            if (!reel.MoveNext(out var openTime)) return false;
            step.Run(new DateTime(openTime.Ticks + length, DateTimeKind.Utc), reel.Bars, reel.Active);
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

    private static BacktestResult ResultOf(AccountState state, SymbolTape[] tapes)
    {
        var symbols = new List<KeyValuePair<string, PortfolioFigures>>();
        foreach (var tape in tapes)
        {
            var position = state.Positions[Ledger.SlotOf(state, tape.Rules.Symbol)];
            symbols.Add(new(tape.Rules.Symbol, PortfolioFigures.Of(position, state.StartCash, tape.Candles.Length)));
        }

        return new BacktestResult(state, symbols, PortfolioFigures.Of(state, tapes.Sum(tape => (long)tape.Candles.Length)));
    }
}
