using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Backtesting;

/// <summary>Plays several tapes side by side: at each step the bars that opened at the same time.</summary>
internal sealed class TapeReel(IReadOnlyList<SymbolTape> tapes)
{
    private readonly Lane[] _lanes = [.. tapes.Select(tape => new Lane(tape.Candles))];
    private readonly int[] _active = new int[tapes.Count];
    private int _activeCount;

    /// <summary>The bars of the step; one place for each tape.</summary>
    public Candle[] Bars { get; } = new Candle[tapes.Count];

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
            Bars[i] = lanes[i].Take();
            _active[count++] = i;
        }

        _activeCount = count;
        Done += count;
        return true;
    }

    private struct Lane
    {
        private readonly Candle[] _candles;
        private readonly int _end;
        private int _next;

        public Lane(ReadOnlyMemory<Candle> candles)
        {
            // A span of the memory would be made anew for each bar; an array that is there already is read in place.
            var segment = MemoryMarshal.TryGetArray(candles, out var found) ? found : new ArraySegment<Candle>(candles.ToArray());
            _candles = segment.Array!;
            _next = segment.Offset;
            _end = segment.Offset + segment.Count;
            Head = OpenTimeOfNext();
        }

        /// <summary>Open time of the next bar; <see cref="DateTime.MaxValue"/> at the end.</summary>
        public DateTime Head { get; private set; }

        public ref readonly Candle Take()
        {
            ref readonly var candle = ref _candles[_next++];
            Head = OpenTimeOfNext();
            return ref candle;
        }

        private readonly DateTime OpenTimeOfNext() => _next < _end ? _candles[_next].OpenTime : DateTime.MaxValue;
    }
}
