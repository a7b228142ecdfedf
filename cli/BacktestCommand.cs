using System.CommandLine;
using System.Diagnostics;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Cli;

/// <summary><c>trader backtest</c>: the pure backtester over candle files.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var market = new MarketArguments();
        var cash = NumberOption.Create("--cash", "Quote currency at the start", 10_000m, 1, 1_000_000_000);
        var fee = NumberOption.Create("--fee-bps", "Fee in basis points of each trade's value", new MatchingOptions().FeeBps, 0, 1_000);
        var slippage = NumberOption.Create("--slippage-bps", "Slippage of market and stop orders in basis points", new MatchingOptions().SlippageBps, 0, 1_000);

        var command = new Command("backtest", "Runs a strategy over recorded candles as fast as they go, without the service") { cash, fee, slippage };
        market.AddTo(command);
        command.Runs(async (parsed, cancellation) =>
        {
            var feed = await MarketTapes.FeedAsync(market.Market(parsed), cancellation);
            using var hash = new OrderHash();
            var plan = new BacktestPlan
            {
                Interval = feed.Interval,
                Tapes = await MarketTapes.OfAsync(feed),
                Strategy = () => StrategyCatalog.Create(market.Strategy(parsed)),
                Cash = parsed.GetValue(cash),
                Matching = new MatchingOptions { FeeBps = parsed.GetValue(fee), SlippageBps = parsed.GetValue(slippage) },
                Limits = new RiskLimits(),
                Listener = facts =>
                {
                    foreach (ref readonly var fact in facts) hash.Add(in fact);
                },
            };
            var report = await RunProgress.ShowAsync("backtest", progress => Task.Run(() => Run(plan, hash, progress, cancellation), cancellation));
            await report.WriteAsync(market.IsJson(parsed));
            return 0;
        });
        return command;
    }

    private static RunReport Run(BacktestPlan plan, OrderHash hash, Action<double> progress, CancellationToken cancellation)
    {
        var total = plan.Tapes.Sum(tape => (long)tape.Candles.Length);
        var start = Stopwatch.GetTimestamp();
        var result = Backtester.Run(plan with { Progress = done => progress((double)done / total) }, cancellation);
        return new RunReport(result.Symbols, result.Total, hash.ToString(), Stopwatch.GetElapsedTime(start));
    }
}
