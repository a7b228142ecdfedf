using System.CommandLine;
using System.Diagnostics;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;

namespace OrleansTrader.Cli;

/// <summary><c>trader backtest</c>: the pure backtester over candle files.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var arguments = new RunArguments();
        var command = new Command("backtest", "Runs a strategy over recorded candles as fast as they go, without the service");
        arguments.AddTo(command);
        command.Runs(async (parsed, cancellation) =>
        {
            var settings = arguments.Settings(parsed);
            await StrategyNotes.WriteAsync(settings);
            var feed = await MarketTapes.FeedAsync(settings.Market, cancellation);
            using var hash = new OrderHash();
            var regimes = new RegimeTally();
            var plan = new BacktestPlan
            {
                Interval = feed.Interval,
                Tapes = await MarketTapes.OfAsync(feed),
                Strategy = settings.Strategy.Create,
                Cash = settings.Account.Cash,
                Matching = settings.Paper,
                Limits = settings.Risk,
                Explains = true,
                Listener = facts =>
                {
                    foreach (ref readonly var fact in facts)
                    {
                        hash.Add(in fact);
                        regimes.Add(in fact);
                    }
                },
            };
            var report = await RunProgress.ShowAsync("backtest", progress => Task.Run(() => Run(plan, hash, regimes, progress, cancellation), cancellation));
            await report.WriteAsync(arguments.IsJson(parsed));
            return 0;
        });
        return command;
    }

    private static RunReport Run(BacktestPlan plan, OrderHash hash, RegimeTally regimes, Action<double> progress, CancellationToken cancellation)
    {
        var total = plan.Tapes.Sum(tape => (long)tape.Candles.Length);
        var start = Stopwatch.GetTimestamp();
        var account = Backtester.Run(plan with { Progress = done => progress((double)done / total) }, cancellation);
        return new RunReport(account, plan.Tapes, hash.ToString(), regimes, Stopwatch.GetElapsedTime(start));
    }
}
