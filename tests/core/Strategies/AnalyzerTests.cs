using System.Security.Cryptography;
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
    [InlineData("hybrid")]
    [InlineData("trend")]
    [InlineData("mean-reversion")]
    [InlineData("breakout")]
    [InlineData("dca")]
    [InlineData("sma-cross")]
    [InlineData("bar-by-bar")]
    public void A_strategy_gives_the_same_signals_in_blocks_of_any_length(string name)
    {
        var singly = Build.Analyzer(Create(name));
        var inBlocks = Build.Analyzer(Create(name));
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
    [InlineData("hybrid")]
    [InlineData("trend")]
    [InlineData("mean-reversion")]
    [InlineData("breakout")]
    [InlineData("dca")]
    [InlineData("sma-cross")]
    [InlineData("bar-by-bar")]
    public void A_restored_analyzer_goes_on_as_if_it_had_never_stopped(string name)
    {
        var bars = Build.Walk(2_000, seed: 8);
        foreach (var cut in (int[])[0, 1, 9, 26, 31, 500, 1_999])
        {
            var whole = Build.Analyzer(Create(name));
            var restored = Build.Analyzer(Create(name));
            for (var i = 0; i < cut; i++) whole.OnCandle(in bars[i]);
            restored.Restore(whole.Save());
            for (var i = cut; i < bars.Length; i++) Assert.Equal(whole.OnCandle(in bars[i]), restored.OnCandle(in bars[i]));
            Assert.Equal(whole.Save(), restored.Save());
            Assert.Equal(whole.HashFeatures(in bars[^1]), restored.HashFeatures(in bars[^1]));
        }
    }

    [Fact]
    public void The_hash_of_its_figures_can_be_made_from_what_they_are()
    {
        var analyzer = Build.Analyzer(Create("sma-cross"));
        var (quick, slow) = (new Sma(10), new Sma(30));
        var hashes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var bar in Build.Walk(100, seed: 8))
        {
            analyzer.OnCandle(in bar);
            quick.Update(in bar);
            slow.Update(in bar);
            double[] figures = [bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, quick.Value, slow.Value];
            byte[] bytes = [.. BitConverter.GetBytes(bar.OpenTime.Ticks), .. figures.SelectMany(BitConverter.GetBytes)];
            Assert.Equal(Convert.ToHexString(SHA256.HashData(bytes))[..16].ToLowerInvariant(), analyzer.HashFeatures(in bar));
            Assert.True(hashes.Add(analyzer.HashFeatures(in bar)));
        }
    }

    [Fact]
    public void The_state_of_another_strategy_is_refused_by_name() =>
        Assert.StartsWith(
            "The saved state is of sma-cross with SMA_10, SMA_30, not of trend with ATR_14, EMA_12, EMA_26, RSI_14.",
            Refused(new SymbolAnalyzer(Create("trend")), new SymbolAnalyzer(Create("sma-cross"))),
            StringComparison.Ordinal);

    [Fact]
    public void The_state_of_other_indicators_or_parameters_is_refused_and_changes_nothing()
    {
        Assert.Contains("REGIME_2", Refused(new SymbolAnalyzer(Create("trend")), new SymbolAnalyzer(Create("trend"), tellsRegime: true)), StringComparison.Ordinal);
        Assert.Contains("SMA_10, SMA_40, not of", Refused(new SymbolAnalyzer(new SmaCrossStrategy()), new SymbolAnalyzer(new SmaCrossStrategy(10, 40))), StringComparison.Ordinal);
        Assert.Contains("other parameters", Refused(new SymbolAnalyzer(new EagerStrategy(1)), new SymbolAnalyzer(new EagerStrategy(2))), StringComparison.Ordinal);
    }

    [Fact]
    public void An_indicator_that_is_asked_for_after_the_preparation_is_refused()
    {
        var analyzer = new SymbolAnalyzer(new LateStrategy());
        var refused = Assert.Throws<InvalidOperationException>(() => analyzer.OnCandles(new BarColumns().Of(Build.Walk(5, seed: 8)), new Signal[5]));
        Assert.Equal("'EMA_20' comes too late: a strategy asks for its indicators in Prepare, before the first bar.", refused.Message);
    }

    [Fact]
    public void A_name_belongs_to_one_type_of_indicator()
    {
        var indicators = new IndicatorSet();
        indicators.Shared($"X_{20}", () => new Ema(20));
        var refused = Assert.Throws<InvalidOperationException>(() => indicators.Shared($"X_{20}", () => new Sma(20)));
        Assert.Equal("'X_20' is Ema here, not Sma.", refused.Message);
    }

    [Fact]
    public void The_state_of_an_indicator_is_that_after_the_block_whichever_bar_is_being_judged()
    {
        var strategy = new SavingStrategy();
        var analyzer = new SymbolAnalyzer(strategy);
        analyzer.OnCandles(new BarColumns().Of(Build.Walk(50, seed: 8)), new Signal[50]);
        Assert.Equal(50, strategy.States.Count);
        Assert.All(strategy.States, state => Assert.Equal(strategy.States[^1], state));
        Assert.Equal(50, strategy.Shown.Distinct().Count());
    }

    private static string Refused(SymbolAnalyzer analyzer, SymbolAnalyzer other)
    {
        var bars = Build.Walk(60, seed: 8);
        foreach (var of in (SymbolAnalyzer[])[analyzer, other]) of.OnCandles(new BarColumns().Of(bars), new Signal[bars.Length]);
        var state = analyzer.Save();
        var refused = Assert.Throws<ArgumentException>(() => analyzer.Restore(other.Save()));
        Assert.Equal(state, analyzer.Save());
        return refused.Message;
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

    /// <summary>Asks for its indicator with the first bar.</summary>
    private sealed class LateStrategy : BarStrategy
    {
        private IndicatorSet _indicators = null!;

        public override string Name => "late";

        protected override void Prepare(IndicatorSet indicators) => _indicators = indicators;

        protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => _indicators.Ema(20).IsReady ? Signal.Flat(1) : Signal.Hold;
    }

    /// <summary>Has a parameter that none of its indicators has.</summary>
    private sealed class EagerStrategy(double confidence) : BarStrategy
    {
        public override string Name => "eager";

        protected override void Prepare(IndicatorSet indicators) => indicators.Ema(20);

        protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => Signal.Flat(confidence);
    }

    /// <summary>Saves its indicator with each bar.</summary>
    private sealed class SavingStrategy : BarStrategy
    {
        private Ema _average = null!;

        public List<byte[]> States { get; } = [];

        public List<double> Shown { get; } = [];

        public override string Name => "saving";

        protected override void Prepare(IndicatorSet indicators) => _average = indicators.Ema(1);

        protected override Signal Evaluate(in Candle candle, VoteSheet? votes)
        {
            States.Add(_average.Save());
            Shown.Add(_average.Value);
            return Signal.Hold;
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
