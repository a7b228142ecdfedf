using System.Diagnostics;
using System.Globalization;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Bench;

/// <summary>Bars per second of the backtester beside the bare loop in the same process, and the bytes it allocates per bar. It fails when the cross does not trade as calculated.</summary>
internal static class LoopSpeed
{
    private const int Rounds = 15;
    private static readonly SymbolRules Rules = new("BTCUSDT", "BTC", "USDT", 0.01m, 0.00001m, 5);

    public static int Run(int count)
    {
        var bars = RandomWalk.Bars(count, seed: 7);
        var cross = Plan(bars, () => new SmaCrossStrategy(), RiskLimits.None, new MatchingOptions { FeeBps = 0, SlippageBps = 0, MaxVolumeShare = 0 });
        var trend = Plan(bars, () => new TrendStrategy(), new RiskLimits(), new MatchingOptions());

        var bare = new double[Rounds];
        var crossed = new double[Rounds];
        var trended = new double[Rounds];
        for (var round = -2; round < Rounds; round++)
        {
            var a = Seconds(() => BareLoop.Run(bars, 10_000, 0.00001, 0.01));
            var b = Seconds(() => Backtester.Run(cross));
            var c = Seconds(() => Backtester.Run(trend));
            if (round < 0) continue;
            (bare[round], crossed[round], trended[round]) = (a, b, c);
        }

        var crossResult = Backtester.Run(cross);
        var trendResult = Backtester.Run(trend);
        var independent = IndependentCross.Run(bars, 10_000, 0.00001m, 0.01m);

        Say($"bars {count}, rounds {Rounds} interleaved; {Environment.ProcessorCount} processors, .NET {Environment.Version}");
        Say($"{"M bars/s",44}{"x bare",20}{"",12}");
        Say($"{"",-34}{"median",10}{"best",10}{"median",10}{"best",10}{"B/bar",10}{"trades",10}{"equity",18}");
        var plain = BareLoop.Run(bars, 10_000, 0.00001, 0.01);
        Row("bare C# loop", bare, bare, count, 0, plain.Trades, (decimal)plain.Equity);
        Row("sma-cross through the engine", crossed, bare, count, BytesPerBar(cross), crossResult.Total.Trades, crossResult.Total.Equity);
        Row("trend, fees, slippage, stops, risk", trended, bare, count, BytesPerBar(trend), trendResult.Total.Trades, trendResult.Total.Equity);

        var isEqual = independent.Trades == crossResult.Total.Trades && independent.Equity == crossResult.Total.Equity;
        Say($"independent calculation of sma-cross: {independent.Trades} trades, equity {independent.Equity}: {(isEqual ? "equal to the last decimal" : "DIFFERENT")}");
        return isEqual ? 0 : 1;
    }

    private static BacktestPlan Plan(Candle[] bars, Func<IStrategy> strategy, RiskLimits limits, MatchingOptions matching) => new()
    {
        Interval = Interval.OneMinute,
        Tapes = [new SymbolTape(Rules, bars)],
        Strategy = strategy,
        Limits = limits,
        Matching = matching,
    };

    // Others on the machine only ever slow a round down: the best is what the code can do, the median what it did today.
    private static void Row(string name, double[] seconds, double[] bare, int count, double bytes, int trades, decimal equity)
    {
        var (median, best) = (Median(seconds), seconds.Min());
        Say($"{name,-34}{count / median / 1e6,10:0.0}{count / best / 1e6,10:0.0}{Median(bare) / median,10:0.00}{bare.Min() / best,10:0.00}{bytes,10:0.000}{trades,10}{equity,18:0.00}");
    }

    /// <summary>The difference between a whole run and a run of its first half: what the start-up allocates cancels out.</summary>
    private static double BytesPerBar(BacktestPlan plan)
    {
        var tape = plan.Tapes[0];
        var half = tape.Candles.Length / 2;
        var whole = Allocated(plan);
        var first = Allocated(plan with { Tapes = [tape with { Candles = tape.Candles[..half] }] });
        return (double)(whole - first) / (tape.Candles.Length - half);
    }

    private static long Allocated(BacktestPlan plan)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Backtester.Run(plan);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double Seconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
