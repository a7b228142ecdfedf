using System.Diagnostics;
using System.Globalization;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Bench;

/// <summary>Bars per second of the backtester beside the bare loop in the same process, and the bytes it allocates per bar.</summary>
internal static class LoopSpeed
{
    private const int Rounds = 9;
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

        Say($"bars {count}, rounds {Rounds}, medians; {Environment.ProcessorCount} processors, .NET {Environment.Version}");
        Say($"{"",-34}{"M bars/s",10}{"x bare",10}{"B/bar",10}{"trades",10}{"equity",18}");
        var bareRate = count / Median(bare) / 1e6;
        var plain = BareLoop.Run(bars, 10_000, 0.00001, 0.01);
        Say($"{"bare C# loop",-34}{bareRate,10:0.0}{1.0,10:0.00}{0.0,10:0.000}{plain.Trades,10}{plain.Equity,18:0.00}");
        Row("sma-cross through the engine", crossed, bareRate, count, cross, crossResult);
        Row("trend, fees, slippage, stops, risk", trended, bareRate, count, trend, trendResult);

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

    private static void Row(string name, double[] seconds, double bareRate, int count, BacktestPlan plan, BacktestResult result)
    {
        var rate = count / Median(seconds) / 1e6;
        Say($"{name,-34}{rate,10:0.0}{rate / bareRate,10:0.00}{BytesPerBar(plan),10:0.000}{result.Total.Trades,10}{result.Total.Equity,18:0.00}");
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

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
