using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Trend;
using OrleansTrader.Core.Indicators.Volatility;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies.Volume;

namespace OrleansTrader.Core.Strategies;

/// <summary>
/// Buys a close above the highest high of the bars before it when volume and range are larger than usual, and leaves below the lowest
/// low of fewer bars; stop and target lie at multiples of the average true range. Source: Donchian's four-week rule (1960), with the
/// shorter way out of Dennis's turtles (1983).
/// </summary>
public sealed class BreakoutStrategy(StrategyValues values) : IStrategy
{
    private static readonly StrategyParameter EntryPeriod = StrategyParameter.Bars("EntryPeriod", 20, 2, 400, "bars whose highest high must be left below");
    private static readonly StrategyParameter ExitPeriod = StrategyParameter.Bars("ExitPeriod", 10, 2, 400, "bars below whose lowest low it leaves");
    private static readonly StrategyParameter VolumePeriod = StrategyParameter.Bars("VolumePeriod", 20, 2, 400, "bars of the usual volume");
    private static readonly StrategyParameter VolumeFactor = new("VolumeFactor", 1.5, 0, 10, 0.1, "least volume of an entry, in usual ones; 0 to ask for none");
    private static readonly StrategyParameter AtrPeriod = StrategyParameter.Bars("AtrPeriod", 14, 2, 100, "bars of the average true range");
    private static readonly StrategyParameter RangeFactor = new("RangeFactor", 1, 0, 5, 0.1, "least way from low to high of an entry's bar, in average true ranges; 0 to ask for none");
    private static readonly StrategyParameter StopInRanges = new("StopInRanges", 2, 0.5, 10, 0.25, "average true ranges from the close down to the stop");
    private static readonly StrategyParameter TargetInRanges = new("TargetInRanges", 6, 0.5, 30, 0.25, "average true ranges from the close up to the target");

    private readonly int _entryPeriod = values.Whole(EntryPeriod);
    private readonly int _exitPeriod = values.Whole(ExitPeriod);
    private readonly int _volumePeriod = values.Whole(VolumePeriod);
    private readonly double _volumeFactor = values[VolumeFactor];
    private readonly int _atrPeriod = values.Whole(AtrPeriod);
    private readonly double _rangeFactor = values[RangeFactor];
    private readonly double _stop = values[StopInRanges];
    private readonly double _target = values[TargetInRanges];

    private Donchian _entry = null!;
    private Donchian _exit = null!;
    private RelativeVolume _volume = null!;
    private Atr _atr = null!;
    private double _lastUpper = double.NaN;
    private double _lastLower = double.NaN;

    /// <summary>What it says of itself.</summary>
    public static StrategyEntry Entry { get; } = new(
        "breakout",
        "Buys a close above the channel of the bars before it when volume and range confirm it, and leaves below a shorter channel.",
        [EntryPeriod, ExitPeriod, VolumePeriod, VolumeFactor, AtrPeriod, RangeFactor, StopInRanges, TargetInRanges],
        values => new BreakoutStrategy(values));

    public string Name => Entry.Name;

    public void Prepare(IndicatorSet indicators)
    {
        _entry = indicators.Shared($"DONCHIAN_{_entryPeriod}", () => new Donchian(_entryPeriod));
        _exit = indicators.Shared($"DONCHIAN_{_exitPeriod}", () => new Donchian(_exitPeriod));
        _volume = indicators.Shared($"RELATIVE_VOLUME_{_volumePeriod}", () => new RelativeVolume(_volumePeriod));
        _atr = indicators.Atr(_atrPeriod);
    }

    public void Evaluate(ReadOnlySpan<Candle> candles, Span<Signal> signals, VoteSheet? votes)
    {
        for (var i = 0; i < candles.Length; i++)
        {
            signals[i] = Judge(i, in candles[i], votes);
            // The channel of the bars before the next one; a bar that was left out leaves it as it was.
            if (double.IsNaN(_atr.Values[i]) || double.IsNaN(_entry.Values[i])) continue;
            (_lastUpper, _lastLower) = (_entry.Upper.Values[i], _exit.Lower.Values[i]);
        }
    }

    public void Visit(StateVisitor state)
    {
        state.Visit(ref _lastUpper);
        state.Visit(ref _lastLower);
    }

    private Signal Judge(int index, in Candle candle, VoteSheet? votes)
    {
        var (range, volume) = (_atr.Values[index], _volume.Values[index]);
        if (double.IsNaN(_lastUpper + _lastLower + range + volume)) return Signal.Hold;
        if (candle.Close < _lastLower)
        {
            votes?.Add(new Vote(VoteKind.ChannelFloor, -1, candle.Close, _lastLower));
            return Signal.Flat(1);
        }

        var (way, least) = (candle.High - candle.Low, _rangeFactor * range);
        votes?.Add(new Vote(VoteKind.ChannelCeiling, candle.Close > _lastUpper ? 1 : -1, candle.Close, _lastUpper));
        votes?.Add(new Vote(VoteKind.VolumeSurge, volume >= _volumeFactor ? 1 : -1, volume, _volumeFactor));
        votes?.Add(new Vote(VoteKind.WideRange, way >= least ? 1 : -1, way, least));
        if (candle.Close <= _lastUpper || volume < _volumeFactor || way < least) return Signal.Hold;
        return new Signal(Direction.Long, 1, candle.Close - (_stop * range), candle.Close + (_target * range));
    }
}
