using System.CommandLine;
using System.Diagnostics;
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
            using var record = new RunRecord();
            var plan = new BacktestPlan
            {
                Interval = feed.Interval,
                Tapes = await MarketTapes.OfAsync(feed),
                Strategy = settings.Strategy.Create,
                Cash = settings.Account.Cash,
                Matching = settings.Paper,
                Limits = settings.Risk,
                Exits = settings.Exit,
                Explains = true,
                Listener = record.Add,
            };
            var report = await RunProgress.ShowAsync("backtest", progress => Task.Run(() => Run(plan, record, progress, cancellation), cancellation));
            await report.WriteAsync(arguments.IsJson(parsed));
            return 0;
        });
        return command;
    }

    private static RunReport Run(BacktestPlan plan, RunRecord record, Action<double> progress, CancellationToken cancellation)
    {
        var total = plan.Tapes.Sum(tape => (long)tape.Candles.Length);
        var start = Stopwatch.GetTimestamp();
        var account = Backtester.Run(plan with { Progress = done => progress((double)done / total) }, cancellation);
        return new RunReport(account, plan.Tapes, record, Stopwatch.GetElapsedTime(start));
    }
}
