using System.Globalization;
using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Momentum;
using OrleansTrader.Core.Indicators.Trend;
using OrleansTrader.Core.Indicators.Volatility;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Bench;

/// <summary>Nanoseconds per bar of the indicators, in blocks and bar by bar, beside TA-Lib's C and a bare loop in the same process. It fails when a target is missed.</summary>
internal static class IndicatorSpeed
{
    private const int Rounds = 15;

    // As the backtester takes them.
    private const int BlockLength = 128;

    // Alone, both run over so many bars again and again, from the cache: beside others the bars are there already, and a block
    // that comes from memory costs more than most indicators do.
    private const int Cached = 8_192;

    public static int Run(int count)
    {
        var bars = RandomWalk.Bars(count, seed: 7);
        var (some, passes) = (bars[..Math.Min(Cached, count)], count / Math.Min(Cached, count));
        var peer = TaLib.IsBuilt ? new TaLib(bars) : null;
        var somePeer = TaLib.IsBuilt ? new TaLib(some) : null;
        if (peer is null) Say($"TA-Lib is not there to compare with; bench/peers/talib builds it (needs npm and gcc).");

        Duel[] duels =
        [
            new("RSI 14", new Rsi(14), ta => ta.Rsi(14)),
            new("EMA 14", new Ema(14), ta => ta.Ema(14)),
            new("MACD 12 26 9", new Macd(12, 26, 9), ta => ta.Macd(12, 26, 9)),
            new("Bollinger 20", new Bollinger(20, 2), ta => ta.Bollinger(20, 2)),
            new("ADX 14", new Adx(14), ta => ta.Adx(14)),
            new("ATR 14", new Atr(14), ta => ta.Atr(14)),
        ];
        var six = new SymbolAnalyzer(new Reader(duels.Select(duel => duel.Ours)));
        var all = new SymbolAnalyzer(new Reader(IndicatorCatalog.Entries.Select(entry => entry.Create(ZeroRule.Exact))));
        var table = new BarTable(bars);
        var bare = new double[Rounds];
        var (sixSingly, sixInBlocks, sixTheirs, allSingly, allInBlocks) = (new double[Rounds], new double[Rounds], new double[Rounds], new double[Rounds], new double[Rounds]);
        for (var round = -2; round < Rounds; round++)
        {
            var b = Nanoseconds(count, () => BareAverage(bars));
            foreach (var duel in duels) duel.MeasureBlocks(round, some, passes, somePeer);
            var i = Nanoseconds(count, () => InBlocks(six, table, count));
            var t = peer is null ? double.NaN : Nanoseconds(count, () => duels.Sum(duel => duel.Theirs(peer)));
            var n = Nanoseconds(count, () => InBlocks(all, table, count));
            if (round >= 0) (bare[round], sixInBlocks[round], sixTheirs[round], allInBlocks[round]) = (b, i, t, n);
        }

        // Afterwards, since the compiler makes of a loop what it has seen of it, and a program either runs a backtest or follows a market.
        for (var round = -2; round < Rounds; round++)
        {
            foreach (var duel in duels) duel.MeasureSingly(round, some, passes);
            var (s, a) = (Nanoseconds(count, () => Singly(six, bars)), Nanoseconds(count, () => Singly(all, bars)));
            if (round >= 0) (sixSingly[round], allSingly[round]) = (s, a);
        }

        var bytes = BytesPerBar(all, bars);
        Say($"bars {count}, rounds {Rounds} interleaved, processor time, best of them; blocks of {BlockLength}; {Environment.ProcessorCount} processors, .NET {Environment.Version}");
        Say($"calibration: a bare loop of one exponential average takes {bare.Min():0.00} ns per bar");
        Say($"{"ns per bar",-26}{"in blocks",10}{"bar by bar",12}{"TA-Lib",10}{"TA-Lib / blocks",18}");
        foreach (var duel in duels) Row(duel.Name, duel.InBlocks.Min(), duel.Singly.Min(), duel.Peer.Min());
        Row("the six, from memory", sixInBlocks.Min(), sixSingly.Min(), sixTheirs.Min());
        Say($"{"the whole library",-26}{allInBlocks.Min(),10:0.0}{allSingly.Min(),12:0.0}");
        Say($"allocated per bar: {bytes:0.000} bytes");

        var missed = IndicatorTargets.Missed(duels, sixTheirs.Min() / sixInBlocks.Min(), allInBlocks.Min(), bytes);
        foreach (var line in missed) Say($"MISSED: {line}");
        if (missed.Count == 0) Say($"all targets reached{(peer is null ? " of those that need no peer" : "")}");
        return missed.Count == 0 ? 0 : 1;

        static void Row(string name, double blocks, double singly, double peer) =>
            Say($"{name,-26}{blocks,10:0.0}{singly,12:0.0}{peer,10:0.0}{peer / blocks,18:0.00}");
    }

    private static double BareAverage(Candle[] bars)
    {
        var average = bars[0].Close;
        foreach (ref readonly var bar in bars.AsSpan()) average = Math.FusedMultiplyAdd(bar.Close - average, 2.0 / 15, average);
        return average;
    }

    private static void Singly(SymbolAnalyzer analyzer, Candle[] bars)
    {
        foreach (ref readonly var bar in bars.AsSpan()) analyzer.OnCandle(in bar);
    }

    private static void InBlocks(SymbolAnalyzer analyzer, BarTable bars, int count)
    {
        Span<Signal> signals = new Signal[BlockLength];
        for (var start = 0; start < count; start += BlockLength)
            analyzer.OnCandles(bars.Slice(start, Math.Min(BlockLength, count - start)), signals);
    }

    private static double BytesPerBar(SymbolAnalyzer analyzer, Candle[] bars)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Singly(analyzer, bars);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / bars.Length;
    }

    /// <summary>Processor time: the clock on the wall would count whoever else uses the machine.</summary>
    private static double Nanoseconds(int bars, Action action)
    {
        var start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / bars;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>One indicator beside TA-Lib's.</summary>
    internal sealed record Duel(string Name, Indicator Ours, Func<TaLib, int> Theirs)
    {
        // Laid out once, as TA-Lib's arrays are.
        private readonly BarColumns _columns = new();

        public double[] InBlocks { get; } = new double[Rounds];

        public double[] Singly { get; } = new double[Rounds];

        /// <summary>NaN where it is not there.</summary>
        public double[] Peer { get; } = Enumerable.Repeat(double.NaN, Rounds).ToArray();

        public void MeasureBlocks(int round, Candle[] bars, int passes, TaLib? peer)
        {
            var count = bars.Length * passes;
            var blocks = Nanoseconds(count, () => UpdateInBlocks(_columns.Of(bars), passes));
            var theirs = peer is null ? double.NaN : Nanoseconds(count, () =>
            {
                for (var pass = 0; pass < passes; pass++) Theirs(peer);
            });
            if (round >= 0) (InBlocks[round], Peer[round]) = (blocks, theirs);
        }

        public void MeasureSingly(int round, Candle[] bars, int passes)
        {
            var singly = Nanoseconds(bars.Length * passes, () =>
            {
                for (var pass = 0; pass < passes; pass++)
                    foreach (ref readonly var bar in bars.AsSpan())
                        Ours.Update(in bar);
            });
            if (round >= 0) Singly[round] = singly;
        }

        private void UpdateInBlocks(Bars bars, int passes)
        {
            for (var pass = 0; pass < passes; pass++)
                for (var start = 0; start < bars.Length; start += BlockLength)
                    Ours.Update(bars.Slice(start, Math.Min(BlockLength, bars.Length - start)));
        }
    }

    /// <summary>Asks for indicators and has no opinion.</summary>
    private sealed class Reader(IEnumerable<Indicator> indicators) : IStrategy
    {
        public string Name => "reader";

        public void Prepare(IndicatorSet set)
        {
            var number = 0;
            foreach (var indicator in indicators) set.Shared($"{number++}", () => indicator);
        }

        public void Evaluate(ReadOnlySpan<Candle> candles, Span<Signal> signals, VoteSheet? votes)
        {
        }

        public void Visit(StateVisitor state)
        {
        }
    }
}
