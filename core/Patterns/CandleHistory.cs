using System.Runtime.InteropServices;
using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Patterns;

/// <summary>The latest candles, for each the sums over the candles before it, and how it compares with them; computed once a bar for all patterns.</summary>
/// <remarks>
/// TA-Lib rolls each sum from the first bar at which a pattern can be told, and two sums over the same candles that began
/// at different bars may differ in their last bit. Where prices have few ticks, a body often equals the average exactly and
/// that bit decides. So each sum is kept once for every bar at which one begins: they all move by the same difference.
/// </remarks>
internal sealed class CandleHistory
{
    private const int Candles = 16;
    private const int Bars = 8;

    private readonly CandleShape[] _candles = new CandleShape[Candles];
    private readonly CandleSums[] _sums = new CandleSums[Bars];
    private readonly CandleMarks[] _marks = new CandleMarks[Bars];
    private long _count;

    /// <summary>Candles seen since the start.</summary>
    public long Count => _count;

    /// <summary>A candle, 0 being the latest and 10 the farthest back.</summary>
    public ref readonly CandleShape this[int back] => ref _candles[(int)(_count - 1 - back) & (Candles - 1)];

    /// <summary>The sums over the candles before the one that is so many back: 0 to 7.</summary>
    public ref readonly CandleSums SumsBefore(int back) => ref _sums[BarAt(back)];

    /// <summary>How the candle that is so many back compares with those before it.</summary>
    public ref readonly CandleMarks MarksOf(int back) => ref _marks[BarAt(back)];

    public void Append(in Candle candle)
    {
        if (_count > 0) RollSums();
        _candles[(int)_count & (Candles - 1)] = CandleShape.Of(in candle);
        _count++;
        _marks[BarAt(0)] = CandleMarks.Of(in this[0], in SumsBefore(0));
    }

    public void Visit(StateVisitor state)
    {
        state.Visit(ref _count);
        state.Visit(MemoryMarshal.Cast<CandleShape, double>(_candles.AsSpan()));
        state.Visit(MemoryMarshal.Cast<CandleSums, double>(_sums.AsSpan()));

        // They follow from what was just read.
        for (var back = 0; back < Bars; back++) _marks[BarAt(back)] = CandleMarks.Of(in this[back], in SumsBefore(back));
    }

    private int BarAt(int back) => (int)(_count - 1 - back) & (Bars - 1);

    private void RollSums()
    {
        ref readonly var before = ref SumsBefore(0);
        ref var after = ref _sums[BarAt(-1)];
        ref readonly var enters = ref this[0];
        ref readonly var leaves = ref this[CandleSums.Period];
        ref readonly var leavesShort = ref this[CandleSums.ShortPeriod];
        var bar = _count - 1;
        after = before.Rolled(
            CandleSums.Change(bar, CandleSums.Period, enters.Body, leaves.Body),
            CandleSums.Change(bar, CandleSums.Period, enters.Range, leaves.Range),
            CandleSums.Change(bar, CandleSums.Period, enters.Shadows, leaves.Shadows),
            CandleSums.Change(bar, CandleSums.ShortPeriod, enters.Range, leavesShort.Range));
    }
}
