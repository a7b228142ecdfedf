using BenchmarkDotNet.Attributes;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Bench;

/// <summary>The same loops under BenchmarkDotNet: time for 1,000,000 bars each, the bare loop being the baseline.</summary>
[MemoryDiagnoser]
public class LoopBenchmarks
{
    private static readonly SymbolRules Rules = new("BTCUSDT", "BTC", "USDT", 0.01m, 0.00001m, 5);
    private readonly Candle[] _bars = RandomWalk.Bars(1_000_000, seed: 7);

    [Benchmark(Baseline = true)]
    public double Bare() => BareLoop.Run(_bars, 10_000, 0.00001, 0.01).Equity;

    [Benchmark]
    public decimal SmaCross() => Backtester.Run(new BacktestPlan
    {
        Interval = Interval.OneMinute,
        Tapes = [new SymbolTape(Rules, _bars)],
        Strategy = () => new SmaCrossStrategy(),
        Limits = RiskLimits.None,
        Matching = new MatchingOptions { FeeBps = 0, SlippageBps = 0, MaxVolumeShare = 0 },
    }).EquityValue;

    [Benchmark]
    public decimal Trend() => Backtester.Run(new BacktestPlan
    {
        Interval = Interval.OneMinute,
        Tapes = [new SymbolTape(Rules, _bars)],
        Strategy = () => new TrendStrategy(),
    }).EquityValue;
}
