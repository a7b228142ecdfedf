using System.Globalization;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Hybrid;

namespace OrleansTrader.Bench;

/// <summary>Bars per second of the backtester beside hand-written loops in the same process, and the bytes it allocates per bar. It fails when a target is missed.</summary>
internal static class LoopSpeed
{
    private const int Rounds = 15;

    /// <summary>The compiler goes on improving the longer loops for so many rounds; what is measured is what it comes to.</summary>
    private const int WarmUpRounds = 20;

    private const int HybridWarmUpRounds = 4;

    private static readonly SymbolRules Rules = new("BTCUSDT", "BTC", "USDT", 0.01m, 0.00001m, 5);

    public static int Run(int count)
    {
        var bars = RandomWalk.Bars(count, seed: 7);
        var cross = Plan(bars, () => new SmaCrossStrategy(), RiskLimits.None, new MatchingOptions { FeeBps = 0, SlippageBps = 0, MaxVolumeShare = 0 });
        var trend = Plan(bars, () => new TrendStrategy(), new RiskLimits(), new MatchingOptions());

        // The minutes of the walk move less than a trade costs: with costs in its mind it would never enter.
        var careless = HybridStrategy.Entry.Read([KeyValuePair.Create("CostsBps", "0")]).Values;
        var hybrid = Plan(bars, () => new HybridStrategy(careless), new RiskLimits(), new MatchingOptions());

        var minimal = new double[Rounds];
        var books = new double[Rounds];
        var crossed = new double[Rounds];
        var trended = new double[Rounds];
        var mixed = new double[Rounds];
        for (var round = -WarmUpRounds; round < Rounds; round++)
        {
            var a = Seconds(() => BareLoop.Run(bars, 10_000, 0.00001, 0.01));
            var b = Seconds(() => BareBooks.Run(bars, 10_000, 0.00001m, 0.01m, feeRate: 0));
            var c = Seconds(() => Backtester.Run(cross));
            var d = Seconds(() => Backtester.Run(trend));
            // A tenth as fast as the others, and warm after fewer rounds.
            var e = round >= -HybridWarmUpRounds ? Seconds(() => Backtester.Run(hybrid)) : 0;
            if (round < 0) continue;
            (minimal[round], books[round], crossed[round], trended[round], mixed[round]) = (a, b, c, d, e);
        }

        var plain = BareLoop.Run(bars, 10_000, 0.00001, 0.01);
        var kept = BareBooks.Run(bars, 10_000, 0.00001m, 0.01m, feeRate: 0);
        var crossTotal = PortfolioFigures.Of(Backtester.Run(cross));
        var trendTotal = PortfolioFigures.Of(Backtester.Run(trend));
        var independent = IndependentCross.Run(bars, 10_000, 0.00001m, 0.01m);
        var hybridTotal = PortfolioFigures.Of(Backtester.Run(hybrid));
        var (crossBytes, trendBytes, hybridBytes) = (BytesPerBar(cross), BytesPerBar(trend), BytesPerBar(hybrid));

        Say($"bars {count}, rounds {Rounds} interleaved, processor time; {Environment.ProcessorCount} processors, .NET {Environment.Version}");
        Say($"{"",-34}{"M bars/s",20}{"x minimal",20}{"x books",20}");
        Say($"{"",-34}{"median",10}{"best",10}{"median",10}{"best",10}{"median",10}{"best",10}{"B/bar",8}{"trades",8}{"drawdown",10}{"equity",18}");
        Row("minimal loop, doubles", minimal, 0, plain.Trades, double.NaN, (decimal)plain.Equity);
        Row("bare loop with books, decimals", books, 0, kept.Trades, kept.MaxDrawdown, kept.Equity);
        Row("sma-cross through the engine", crossed, crossBytes, crossTotal.Trades, crossTotal.MaxDrawdown, crossTotal.Equity);
        Row("trend, fees, slippage, stops, risk", trended, trendBytes, trendTotal.Trades, trendTotal.MaxDrawdown, trendTotal.Equity);
        Row("hybrid, with all that it uses", mixed, hybridBytes, hybridTotal.Trades, hybridTotal.MaxDrawdown, hybridTotal.Equity);

        var isEqual = independent == (crossTotal.Trades, crossTotal.Equity) && independent == (kept.Trades, kept.Equity);
        Say($"independent calculation of sma-cross: {independent.Trades} trades, equity {independent.Equity}: {(isEqual ? "equal to the last decimal" : "DIFFERENT")}");
        var missed = LoopTargets.Missed(books.Min() / crossed.Min(), minimal.Min() / trended.Min(), minimal.Min() / mixed.Min(), Math.Max(hybridBytes, Math.Max(crossBytes, trendBytes)), isEqual);
        foreach (var line in missed) Say($"MISSED: {line}");
        if (missed.Count == 0) Say($"all targets reached");
        return missed.Count == 0 ? 0 : 1;

        // Others on the machine only ever slow a round down: the best is what the code can do, the median what it did today.
        void Row(string name, double[] seconds, double bytes, int trades, double drawdown, decimal equity)
        {
            var (median, best) = (Median(seconds), seconds.Min());
            Say($"{name,-34}{count / median / 1e6,10:0.0}{count / best / 1e6,10:0.0}{Median(minimal) / median,10:0.000}{minimal.Min() / best,10:0.000}{Median(books) / median,10:0.000}{books.Min() / best,10:0.000}{bytes,8:0.000}{trades,8}{drawdown,10:0.0000}{equity,18:0.00}");
        }
    }

    private static BacktestPlan Plan(Candle[] bars, Func<IStrategy> strategy, RiskLimits limits, MatchingOptions matching) => new()
    {
        Interval = Interval.OneMinute,
        Tapes = [new SymbolTape(Rules, bars)],
        Strategy = strategy,
        Limits = limits,
        Matching = matching,
    };

    /// <summary>The difference between a whole run and a run of its first half: what the start-up allocates cancels out.</summary>
    private static double BytesPerBar(BacktestPlan plan)
    {
        var tape = plan.Tapes[0];
        var half = tape.Candles.Length / 2;
        var halfPlan = plan with { Tapes = [tape with { Candles = tape.Candles[..half] }] };

        // The first run over a tape lays it out.
        Backtester.Run(halfPlan);
        var whole = Allocated(plan);
        var first = Allocated(halfPlan);
        return (double)(whole - first) / (tape.Candles.Length - half);
    }

    private static long Allocated(BacktestPlan plan)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Backtester.Run(plan);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Processor time: the clock on the wall would count whoever else uses the machine, and so against the longer runs.</summary>
    private static double Seconds(Action action)
    {
        var start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
