using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Backtesting;

/// <summary>Plays several tapes side by side: at each step the bars that opened at the same time, with the verdicts on them.</summary>
internal sealed class TapeReel
{
    private readonly Lane[] _lanes;
    private readonly Candle[] _bars;
    private readonly Signal[] _signals;
    private readonly int[] _active;
    private int _activeCount;

    public TapeReel(IReadOnlyList<AnalysedTape> tapes)
    {
        _lanes = [.. tapes.Select(tape => new Lane(tape))];
        _bars = new Candle[_lanes.Length];
        _signals = new Signal[_lanes.Length];
        _active = new int[_lanes.Length];
    }

    /// <summary>The bars of the step; one place for each tape.</summary>
    public ReadOnlySpan<Candle> Bars => _bars;

    /// <summary>The strategy's verdicts on them; one place for each tape.</summary>
    public ReadOnlySpan<Signal> Signals => _signals;

    /// <summary>The tapes that have a bar in the step, ascending.</summary>
    public ReadOnlySpan<int> Active => _active.AsSpan(0, _activeCount);

    /// <summary>Bars given out so far.</summary>
    public long Done { get; private set; }

    /// <summary>Moves to the next step; false at the end of all tapes.</summary>
    public bool MoveNext(out DateTime openTime)
    {
        var lanes = _lanes;
        openTime = DateTime.MaxValue;
        foreach (ref readonly var lane in lanes.AsSpan())
            if (lane.Head < openTime)
                openTime = lane.Head;
        if (openTime == DateTime.MaxValue) return false;

        var count = 0;
        for (var i = 0; i < lanes.Length; i++)
        {
            if (lanes[i].Head != openTime) continue;
            lanes[i].Take(out _bars[i], out _signals[i]);
            _active[count++] = i;
        }

        _activeCount = count;
        Done += count;
        return true;
    }

    private struct Lane
    {
        private readonly AnalysedTape _tape;
        private int _next;

        public Lane(AnalysedTape tape)
        {
            _tape = tape;
            MoveToNextBlock();
        }

        /// <summary>Open time of the next bar; <see cref="DateTime.MaxValue"/> at the end.</summary>
        public DateTime Head { get; private set; }

        public void Take(out Candle candle, out Signal signal)
        {
            var candles = _tape.Candles;
            candle = candles[_next];
            signal = _tape.Signals[_next];
            if (++_next < candles.Length) Head = candles[_next].OpenTime;
            else MoveToNextBlock();
        }

        private void MoveToNextBlock()
        {
            _next = 0;
            Head = _tape.MoveNext() ? _tape.Candles[0].OpenTime : DateTime.MaxValue;
        }
    }
}
