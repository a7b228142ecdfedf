using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Indicators;

/// <summary>Bars taken in blocks, as a backtest does, give what bars taken singly give, as a live run does: bit for bit.</summary>
public class BlockTests
{
    private static Func<Indicator>[] Indicators => [() => new Sma(1), () => new Sma(7), () => new Ema(9), () => new Rsi(14), () => new Atr(14)];

    [Fact]
    public void An_indicator_gives_the_same_figures_in_blocks_of_any_length()
    {
        var bars = Build.Walk(1_500, seed: 5);
        foreach (var create in Indicators)
        {
            var singly = create();
            var inBlocks = create();
            foreach (var block in BlocksOf(bars, seed: 6))
            {
                inBlocks.Update(block);
                for (var i = 0; i < block.Length; i++)
                {
                    singly.Update(in block[i]);
                    AssertSame(singly.Value, inBlocks.Values[i]);
                }

                AssertSame(singly.Value, inBlocks.Value);
            }
        }
    }

    [Theory]
    [InlineData("trend")]
    [InlineData("sma-cross")]
    [InlineData("bar-by-bar")]
    public void A_strategy_gives_the_same_signals_in_blocks_of_any_length(string name)
    {
        var singly = new SymbolAnalyzer(Create(name));
        var inBlocks = new SymbolAnalyzer(Create(name));
        var signals = new Signal[1_000];
        foreach (var block in BlocksOf(Build.Walk(5_000, seed: 8), seed: 9))
        {
            inBlocks.OnCandles(block, signals);
            Assert.Equal(0, inBlocks.Votes.Votes.Length);
            for (var i = 0; i < block.Length; i++) Assert.Equal(singly.OnCandle(in block[i]), signals[i]);
        }
    }

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

    private static void AssertSame(double expected, double actual) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));

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
