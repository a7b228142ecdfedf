using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Trend;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Strategies;

/// <summary>Bars taken in blocks, as a backtest does, give what bars taken singly give, as a live run does: bit for bit.</summary>
public class AnalyzerTests
{
    [Theory]
    [InlineData("trend")]
    [InlineData("sma-cross")]
    [InlineData("bar-by-bar")]
    public void A_strategy_gives_the_same_signals_in_blocks_of_any_length(string name)
    {
        var singly = new SymbolAnalyzer(Create(name));
        var inBlocks = new SymbolAnalyzer(Create(name));
        var columns = new BarColumns();
        var signals = new Signal[1_000];
        foreach (var block in BlocksOf(Build.Walk(5_000, seed: 8), seed: 9))
        {
            inBlocks.OnCandles(columns.Of(block), signals);
            Assert.Equal(0, inBlocks.Votes.Votes.Length);
            for (var i = 0; i < block.Length; i++) Assert.Equal(singly.OnCandle(in block[i]), signals[i]);
        }
    }

    [Theory]
    [InlineData("trend")]
    [InlineData("sma-cross")]
    [InlineData("bar-by-bar")]
    public void A_restored_analyzer_goes_on_as_if_it_had_never_stopped(string name)
    {
        var bars = Build.Walk(2_000, seed: 8);
        foreach (var cut in (int[])[0, 1, 9, 26, 31, 500, 1_999])
        {
            var whole = new SymbolAnalyzer(Create(name));
            var restored = new SymbolAnalyzer(Create(name));
            for (var i = 0; i < cut; i++) whole.OnCandle(in bars[i]);
            restored.Restore(whole.Save());
            for (var i = cut; i < bars.Length; i++) Assert.Equal(whole.OnCandle(in bars[i]), restored.OnCandle(in bars[i]));
            Assert.Equal(whole.Save(), restored.Save());
        }
    }

    [Fact]
    public void The_state_of_another_strategy_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SymbolAnalyzer(Create("trend")).Restore(new SymbolAnalyzer(Create("sma-cross")).Save()));

    private static IStrategy Create(string name) => StrategyCatalog.Contains(name) ? StrategyCatalog.Create(name) : new RisingStrategy();

    private static IEnumerable<Candle[]> BlocksOf(Candle[] bars, int seed)
    {
        var random = new Random(seed);
        for (var start = 0; start < bars.Length;)
        {
            var length = Math.Min(random.Next(1, 60), bars.Length - start);
            yield return bars[start..(start + length)];
            start += length;
        }
    }

    /// <summary>Owns what closed above its average, written bar by bar.</summary>
    private sealed class RisingStrategy : BarStrategy
    {
        private Ema _average = null!;

        public override string Name => "rising";

        protected override void Prepare(IndicatorSet indicators) => _average = indicators.Ema(20);

        protected override Signal Evaluate(in Candle candle, VoteSheet? votes)
        {
            if (!_average.IsReady) return Signal.Hold;
            return candle.Close > _average.Value ? new Signal(Direction.Long, 1, double.NaN, _average.Value) : Signal.Flat(1);
        }
    }
}
