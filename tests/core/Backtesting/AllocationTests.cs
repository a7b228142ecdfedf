using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Backtesting;

public class AllocationTests
{
    private const int Bars = 80_000;

    // Lists of orders and reports, of wide structs, may double once more when a later bar has more of them than any before it.
    // A collection in either run counts what was left of the thread's allocation block, up to 8 KiB.
    // The smallest object for each of the trades below would already be more.
    private const long GrowthOfLists = 16_384;

    private const int TradesOfSecondHalf = 800;

    [Theory]
    [InlineData("hybrid", 1, 0)]
    [InlineData("hybrid", 2, 0.05)]
    [InlineData("trend", 1, 0)]
    [InlineData("trend", 1, 0.05)]
    [InlineData("trend", 2, 0.05)]
    [InlineData("sma-cross", 1, 0)]
    [InlineData("sma-cross", 1, 0.05)]
    [InlineData("sma-cross", 2, 0.05)]
    public void A_backtest_of_twice_the_bars_allocates_no_more(string strategy, int symbols, double volumeShare)
    {
        SymbolTape[] tapes = [new(Build.Btc, Build.Walk(2 * Bars, seed: 11)), new(Build.Eth, Build.Walk(2 * Bars, seed: 12, price: 20))];
        var whole = new BacktestPlan
        {
            Interval = Interval.OneHour,
            Tapes = tapes[..symbols],
            Strategy = () => StrategyCatalog.Create(strategy),
            Matching = new MatchingOptions { FeeBps = 0, SlippageBps = 0, MaxVolumeShare = volumeShare },
        };
        var half = whole with { Tapes = [.. whole.Tapes.Select(tape => tape with { Candles = tape.Candles[..Bars] })] };

        // Once before, so that what happens once in a process is not counted.
        var (_, _) = (Run(whole), Run(half));
        var (first, both) = (Run(half), Run(whole));
        Assert.True(both.Trades > first.Trades + TradesOfSecondHalf, $"{both.Trades} trades in all, {first.Trades} in the first half: the second half does too little");
        // Beside much else many collections may fall into a run: one clean round is proof.
        for (var round = 1; round < 5 && Math.Abs(both.Bytes - first.Bytes) > GrowthOfLists; round++) (first, both) = (Run(half), Run(whole));
        Assert.InRange(both.Bytes - first.Bytes, -GrowthOfLists, GrowthOfLists);
    }

    private static (int Trades, long Bytes) Run(BacktestPlan plan)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var state = Backtester.Run(plan, TestContext.Current.CancellationToken);
        return (PortfolioFigures.Of(state).Trades, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
