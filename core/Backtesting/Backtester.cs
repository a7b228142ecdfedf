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

        account.Open(plan.Cash, "backtest", plan.Interval, start);
        foreach (var tape in tapes) step.Add(tape.Rules, new SymbolAnalyzer(plan.Strategy()), start);

        Walk(plan, tapes, step, cancellation);
        return ResultOf(account.State, tapes);
    }

    private static void Walk(BacktestPlan plan, SymbolTape[] tapes, AccountStep step, CancellationToken cancellation)
    {
        var next = new int[tapes.Length];
        var bars = new Candle[tapes.Length];
        var present = new bool[tapes.Length];
        var total = tapes.Sum(tape => (long)tape.Candles.Length);
        var reportEvery = Math.Max(1, total / ProgressReports);
        var reportAt = reportEvery;
        long done = 0;

        while (done < total)
        {
            var openTime = DateTime.MaxValue;
            for (var i = 0; i < tapes.Length; i++)
            {
                var candles = tapes[i].Candles.Span;
                if (next[i] < candles.Length && candles[next[i]].OpenTime < openTime) openTime = candles[next[i]].OpenTime;
            }

            for (var i = 0; i < tapes.Length; i++)
            {
                var candles = tapes[i].Candles.Span;
                present[i] = next[i] < candles.Length && candles[next[i]].OpenTime == openTime;
                if (!present[i]) continue;
                bars[i] = candles[next[i]++];
                done++;
            }

            step.Run(plan.Interval.CloseOf(openTime), bars, present);
            if (done < reportAt) continue;
            reportAt += reportEvery;
            cancellation.ThrowIfCancellationRequested();
            plan.Progress?.Invoke(done);
        }
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
