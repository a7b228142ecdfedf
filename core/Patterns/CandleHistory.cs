using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Patterns;

/// <summary>What the sums of a candle history are of, and over how many candles.</summary>
internal enum SumKind
{
    BodiesOf10,
    RangesOf10,
    ShadowsOf10,
    RangesOf5,
}

/// <summary>The latest candles and, for each, the sums over the candles before it; computed once a bar for all patterns.</summary>
/// <remarks>
/// TA-Lib rolls each sum from the first bar at which a pattern can be told, and two sums over the same candles that began
/// at different bars may differ in their last bit. Where prices have few ticks, a body often equals the average exactly and
/// that bit decides. So each sum is kept once for every bar at which one begins: they all move by the same difference.
/// </remarks>
internal sealed class CandleHistory
{
    private const int Candles = 16;
    private const int Bars = 8;
    private const int Beginnings = 8;
    private const int Kinds = 4;
    private const int LongestPeriod = 10;

    private readonly double[] _prices = new double[Candles * 4];
    private readonly double[] _sums = new double[Bars * Kinds * Beginnings];

    /// <summary>Candles seen since the start.</summary>
    public long Count { get; private set; }

    /// <summary>A candle, 0 being the latest and 10 the farthest back.</summary>
    public CandleShape this[int back]
    {
        get
        {
            var prices = _prices.AsSpan(PlaceOf(Count - 1 - back), 4);
            return new CandleShape(prices[0], prices[1], prices[2], prices[3]);
        }
    }

    /// <summary>The sum over the candles before the one that is <paramref name="back"/> candles back.</summary>
    /// <param name="beginning">The first candle of the first window that was summed up: 0 to 7.</param>
    public double SumBefore(int back, SumKind kind, int beginning) =>
        _sums[PlaceOf(Count - 1 - back, kind) + beginning];

    public void Append(in Candle candle)
    {
        if (Count > 0) RollSums();
        var prices = _prices.AsSpan(PlaceOf(Count), 4);
        (prices[0], prices[1], prices[2], prices[3]) = (candle.Open, candle.High, candle.Low, candle.Close);
        Count++;
    }

    public void Visit(StateVisitor state)
    {
        var count = Count;
        state.Visit(ref count);
        Count = count;
        state.Visit(_prices);
        state.Visit(_sums);
    }

    private void RollSums()
    {
        var last = this[0];
        var leavesLong = this[LongestPeriod];
        var leavesShort = this[5];
        Roll(SumKind.BodiesOf10, LongestPeriod, last.Body, leavesLong.Body);
        Roll(SumKind.RangesOf10, LongestPeriod, last.Range, leavesLong.Range);
        Roll(SumKind.ShadowsOf10, LongestPeriod, last.Shadows, leavesLong.Shadows);
        Roll(SumKind.RangesOf5, 5, last.Range, leavesShort.Range);
    }

    private void Roll(SumKind kind, int period, double enters, double leaves)
    {
        var before = _sums.AsSpan(PlaceOf(Count - 1, kind), Beginnings);
        var after = _sums.AsSpan(PlaceOf(Count, kind), Beginnings);
        var change = enters - leaves;
        if (Count > Beginnings + period)
        {
            for (var i = 0; i < after.Length; i++) after[i] = before[i] + change;
            return;
        }

        for (var i = 0; i < after.Length; i++) after[i] = before[i] + FirstChange(Count - 1 - i, period, enters, change);
    }

    private static double FirstChange(long candle, int period, double enters, double change)
    {
        if (candle < 0) return 0;
        return candle < period ? enters : change;
    }

    private static int PlaceOf(long candle) => (int)(candle & (Candles - 1)) * 4;

    private static int PlaceOf(long candle, SumKind kind) => (((int)(candle & (Bars - 1)) * Kinds) + (int)kind) * Beginnings;
}
