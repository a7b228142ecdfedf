using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Backtesting;

/// <summary>The bars of one symbol with the strategy's verdicts on them, a block at a time.</summary>
internal sealed class AnalysedTape
{
    // Long enough that its fixed costs vanish, short enough that bars and signals stay in the first-level cache.
    private const int BlockLength = 128;

    private readonly SymbolAnalyzer _analyzer;
    private readonly BarTable _table;
    private readonly Candle[] _candles;
    private readonly Signal[] _signals = new Signal[BlockLength];
    private readonly int _offset;
    private readonly int _count;
    private int _start;
    private int _length;

    public AnalysedTape(SymbolTape tape, SymbolAnalyzer analyzer)
    {
        (_analyzer, _table) = (analyzer, tape.Table);
        // A span of the memory would be made anew for each bar; an array that is there already is read in place.
        var segment = MemoryMarshal.TryGetArray(tape.Candles, out var found) ? found : new ArraySegment<Candle>(tape.Candles.ToArray());
        _candles = segment.Array ?? [];
        _offset = segment.Offset;
        _count = segment.Count;
    }

    /// <summary>The bars of the block.</summary>
    public ReadOnlySpan<Candle> Candles => _candles.AsSpan(_offset + _start, _length);

    /// <summary>The verdicts on them.</summary>
    public ReadOnlySpan<Signal> Signals => _signals.AsSpan(0, _length);

    /// <summary>Moves to the next block; false at the end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool MoveNext()
    {
        _start += _length;
        _length = Math.Min(BlockLength, _count - _start);
        if (_length == 0) return false;
        _analyzer.OnCandles(_table.Slice(_start, _length), _signals.AsSpan(0, _length));
        return true;
    }
}
