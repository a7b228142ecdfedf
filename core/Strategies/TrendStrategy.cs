using System.Runtime.CompilerServices;
using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Momentum;
using OrleansTrader.Core.Indicators.Trend;
using OrleansTrader.Core.Indicators.Volatility;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Strategies;

/// <summary>
/// Buys when the fast exponential average crosses above the slow one while the relative strength index shows strength but
/// no excess; the stop and the target lie at multiples of the average true range. Leaves when the averages cross back.
/// </summary>
public sealed class TrendStrategy : IStrategy
{
    private const int FastPeriod = 12;
    private const int SlowPeriod = 26;
    private const int RsiPeriod = 14;
    private const int AtrPeriod = 14;
    private const double RsiFloor = 50;
    private const double RsiCeiling = 75;
    private const double StopInRanges = 2;
    private const double TargetInRanges = 4;

    private Ema _fast = null!;
    private Ema _slow = null!;
    private Rsi _rsi = null!;
    private Atr _atr = null!;
    private double _lastDistance = double.NaN;

    public string Name => "trend";

    public void Prepare(IndicatorSet indicators)
    {
        _fast = indicators.Ema(FastPeriod);
        _slow = indicators.Ema(SlowPeriod);
        _rsi = indicators.Rsi(RsiPeriod);
        _atr = indicators.Atr(AtrPeriod);
    }

    public void Evaluate(ReadOnlySpan<Candle> candles, Span<Signal> signals, VoteSheet? votes)
    {
        var fastValues = _fast.Values;
        var slowValues = _slow.Values;
        var lastDistance = _lastDistance;
        for (var i = 0; i < candles.Length; i++)
        {
            var distance = fastValues[i] - slowValues[i];
            signals[i] = Judge(i, in candles[i], distance, lastDistance, votes);
            lastDistance = distance;
        }

        _lastDistance = lastDistance;
    }

    public void Visit(StateVisitor state) => state.Visit(ref _lastDistance);

    // One call in the loop of each bar that costs as much as an indicator.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Signal Judge(int index, in Candle candle, double distance, double lastDistance, VoteSheet? votes)
    {
        if (double.IsNaN(lastDistance)) return Signal.Hold;

        votes?.Add(new Vote(VoteKind.AverageCross, distance > 0 ? 1 : -1, distance, 0));
        if (distance <= 0) return lastDistance > 0 ? Signal.Flat(1) : Signal.Hold;

        votes?.Add(new Vote(VoteKind.FreshCross, lastDistance > 0 ? -1 : 1, lastDistance, 0));
        var rsi = _rsi.Values[index];
        votes?.Add(new Vote(VoteKind.WeakRsi, rsi >= RsiFloor ? 1 : -1, rsi, RsiFloor));
        votes?.Add(new Vote(VoteKind.OverboughtRsi, rsi <= RsiCeiling ? 1 : -1, rsi, RsiCeiling));
        if (lastDistance > 0 || rsi is < RsiFloor or > RsiCeiling) return Signal.Hold;

        var range = _atr.Values[index];
        return new Signal(Direction.Long, 1, candle.Close - (StopInRanges * range), candle.Close + (TargetInRanges * range));
    }
}
