using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Patterns;
using OrleansTrader.Core.Patterns.Swings;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Patterns;

/// <summary>A strategy reads patterns, swings, levels and divergences as it reads indicators: those of the bar that it judges, in blocks too.</summary>
public class StrategyViewTests
{
    [Fact]
    public void A_strategy_sees_with_each_bar_of_a_block_what_was_known_at_its_close()
    {
        var bars = Build.Walk(1_500, seed: 6);
        var (inBlocks, singly) = (new Watcher(), new Watcher());
        var analyzer = new SymbolAnalyzer(inBlocks);
        var signals = new Signal[256];
        var table = new BarTable(bars);
        for (var start = 0; start < bars.Length; start += signals.Length) analyzer.OnCandles(table.Slice(start, Math.Min(signals.Length, bars.Length - start)), signals);
        analyzer = new SymbolAnalyzer(singly);
        foreach (ref readonly var bar in bars.AsSpan()) analyzer.OnCandle(in bar);
        Assert.Equal(singly.Seen, inBlocks.Seen);

        var scanner = new CandlePatternScanner();
        var levels = new LevelFinder();
        var swings = new SwingDetector();
        var divergences = new DivergenceFinder();
        for (var i = 0; i < bars.Length; i++)
        {
            scanner.Update(in bars[i]);
            levels.Update(in bars[i]);
            swings.Update(in bars[i]);
            divergences.Update(in bars[i]);
            Assert.Equal(
                new Sight(
                    Sum(scanner, sign: 1), Sum(scanner, sign: -1), scanner["CDLHAMMER"], scanner["CDLENGULFING"],
                    levels.Support.Exists ? levels.Support.Price : double.NaN, levels.Resistance.Exists ? levels.Resistance.Price : double.NaN,
                    swings.LastHigh.Exists ? swings.LastHigh.Price : double.NaN, swings.LastLow.Exists ? swings.LastLow.Price : double.NaN,
                    divergences.IsReady ? (double)divergences.Bullish.Kind : double.NaN),
                singly.Seen[i]);
        }

        Assert.Contains(singly.Seen, sight => sight.Bullish > 1);
        Assert.Contains(singly.Seen, sight => sight.Bearish > 1);
        Assert.Contains(singly.Seen, sight => sight.Engulfing == -80);
    }

    [Fact]
    public void A_pattern_without_a_direction_speaks_for_neither_side()
    {
        var verdicts = new CandleVerdicts();
        verdicts.Update([.. Enumerable.Range(0, 20).Select(i => Build.Bar(i, 100, 101, 99, 100))]);
        Assert.Equal(100, verdicts["CDLDOJI"].Value);
        Assert.Equal((0, 0), (verdicts.Bullish.Value, verdicts.Bearish.Value));
        Assert.All(CandlePatternCatalog.Neutral, name => Assert.Equal(name, CandlePatternCatalog.ByName(name).Name));
    }

    [Fact]
    public void Some_patterns_by_name_are_known_as_soon_as_the_slowest_of_them()
    {
        var indicators = new IndicatorSet();
        var few = CandleVerdicts.Of(indicators, "CDLHAMMER", "CDLENGULFING");
        Assert.Same(few, CandleVerdicts.Of(indicators, "CDLENGULFING", "CDLHAMMER"));
        Assert.NotSame(few, CandleVerdicts.Of(indicators));
        Assert.Equal(12, few.WarmUp);
        Assert.Equal(3, few["CDLENGULFING"].WarmUp);
        Assert.Throws<ArgumentException>(() => CandleVerdicts.Of(indicators, "CDLNONE"));
    }

    private static double Sum(CandlePatternScanner scanner, int sign)
    {
        double sum = 0;
        for (var i = 0; i < scanner.Values.Length; i++)
        {
            if (CandlePatternCatalog.Neutral.Contains(scanner.Patterns[i].Name)) continue;
            if (double.IsNaN(scanner.Values[i])) return double.NaN;
            sum += Math.Max(sign * scanner.Values[i], 0);
        }

        return sum / 100;
    }

    private readonly record struct Sight(double Bullish, double Bearish, double Hammer, double Engulfing, double Support, double Resistance, double High, double Low, double Divergence);

    private sealed class Watcher : BarStrategy
    {
        private CandleVerdicts _candles = null!;
        private Output _hammer = null!;
        private Output _engulfing = null!;
        private NearestLevels _levels = null!;
        private LatestSwings _swings = null!;
        private Divergences _divergences = null!;

        public List<Sight> Seen { get; } = [];

        public override string Name => "watcher";

        protected override void Prepare(IndicatorSet indicators)
        {
            _candles = CandleVerdicts.Of(indicators);
            (_hammer, _engulfing) = (_candles["CDLHAMMER"], _candles["CDLENGULFING"]);
            (_levels, _swings, _divergences) = (NearestLevels.Of(indicators), LatestSwings.Of(indicators), Divergences.Of(indicators));
        }

        protected override Signal Evaluate(in Candle candle, VoteSheet? votes)
        {
            Seen.Add(new Sight(
                _candles.Bullish.Value, _candles.Bearish.Value, _hammer.Value, _engulfing.Value, _levels.Support.Value, _levels.Resistance.Value,
                _swings.High.Value, _swings.Low.Value, _divergences.Bullish.Value));
            return Signal.Hold;
        }
    }
}
