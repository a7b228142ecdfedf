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
public sealed class TrendStrategy(StrategyValues values) : IStrategy
{
    private static readonly StrategyParameter Fast = StrategyParameter.Bars("Fast", 12, 2, 200, "bars of the fast average");
    private static readonly StrategyParameter Slow = StrategyParameter.Bars("Slow", 26, 3, 400, "bars of the slow average");
    private static readonly StrategyParameter RsiPeriod = StrategyParameter.Bars("RsiPeriod", 14, 2, 100, "bars of the relative strength index");
    private static readonly StrategyParameter RsiFloor = new("RsiFloor", 50, 0, 100, 1, "least relative strength index of an entry");
    private static readonly StrategyParameter RsiCeiling = new("RsiCeiling", 75, 0, 100, 1, "greatest relative strength index of an entry");
    private static readonly StrategyParameter AtrPeriod = StrategyParameter.Bars("AtrPeriod", 14, 2, 100, "bars of the average true range");
    private static readonly StrategyParameter StopInRanges = new("StopInRanges", 2, 0.5, 10, 0.25, "average true ranges from the close down to the stop");
    private static readonly StrategyParameter TargetInRanges = new("TargetInRanges", 4, 0.5, 20, 0.25, "average true ranges from the close up to the target");

    private readonly int _fastPeriod = values.Whole(Fast);
    private readonly int _slowPeriod = values.Whole(Slow);
    private readonly int _rsiPeriod = values.Whole(RsiPeriod);
    private readonly int _atrPeriod = values.Whole(AtrPeriod);
    private readonly double _floor = values[RsiFloor];
    private readonly double _ceiling = values[RsiCeiling];
    private readonly double _stop = values[StopInRanges];
    private readonly double _target = values[TargetInRanges];

    private Ema _fast = null!;
    private Ema _slow = null!;
    private Rsi _rsi = null!;
    private Atr _atr = null!;
    private double _lastDistance = double.NaN;

    /// <summary>With the defaults of its parameters.</summary>
    public TrendStrategy()
        : this(Entry.Defaults)
    {
    }

    /// <summary>What it says of itself.</summary>
    public static StrategyEntry Entry { get; } = new(
        "trend",
        "Buys when the fast average crosses above the slow one with strength but no excess, and leaves when they cross back.",
        [Fast, Slow, RsiPeriod, RsiFloor, RsiCeiling, AtrPeriod, StopInRanges, TargetInRanges],
        values => new TrendStrategy(values))
    {
        Ordered = [(Fast, Slow), (RsiFloor, RsiCeiling)],
    };

    public string Name => Entry.Name;

    public void Prepare(IndicatorSet indicators)
    {
        _fast = indicators.Ema(_fastPeriod);
        _slow = indicators.Ema(_slowPeriod);
        _rsi = indicators.Rsi(_rsiPeriod);
        _atr = indicators.Atr(_atrPeriod);
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
        votes?.Add(new Vote(VoteKind.WeakRsi, rsi >= _floor ? 1 : -1, rsi, _floor));
        votes?.Add(new Vote(VoteKind.OverboughtRsi, rsi <= _ceiling ? 1 : -1, rsi, _ceiling));
        if (lastDistance > 0 || rsi < _floor || rsi > _ceiling) return Signal.Hold;

        var range = _atr.Values[index];
        return new Signal(Direction.Long, 1, candle.Close - (_stop * range), candle.Close + (_target * range));
    }
}
