using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Trend;
using OrleansTrader.Core.Indicators.Volatility;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Patterns.Swings;

namespace OrleansTrader.Core.Strategies.Exits;

/// <summary>
/// Puts stop and target of every entry where the rules want them, and tells at each bar how high a stop would follow: from the bars
/// alone, so that what an entry risks is known when it is judged. An entry whose stop is not known yet is none.
/// </summary>
internal sealed class LevelPlacement
{
    private readonly ExitRules _rules;
    private readonly Atr? _range;
    private readonly LatestSwings? _swings;
    private readonly Donchian? _channel;

    public LevelPlacement(ExitRules rules, IndicatorSet indicators)
    {
        _rules = rules;
        if (Uses(StopRule.Atr) || Uses(StopRule.Chandelier) || Uses(StopRule.Structure)) _range = indicators.Atr(rules.AtrPeriod);
        if (Uses(StopRule.Structure)) _swings = LatestSwings.Of(indicators);
        if (Uses(StopRule.Chandelier)) _channel = indicators.Shared($"DONCHIAN_{rules.ChandelierPeriod}", () => new Donchian(rules.ChandelierPeriod));
    }

    public void Take(ReadOnlySpan<Candle> candles, Span<Signal> signals)
    {
        for (var i = 0; i < signals.Length && i < candles.Length; i++)
        {
            ref var signal = ref signals[i];
            var close = candles[i].Close;
            if (signal.IsEntry) signal = Placed(in signal, i, close);
            if (_rules.Trail != StopRule.Strategy) signal = signal with { Trail = LevelAt(_rules.Trail, i, close, _rules.TrailInRanges, _rules.TrailShare) };
        }
    }

    private Signal Placed(in Signal signal, int index, double close)
    {
        var stop = signal.Stop;
        if (_rules.Stop != StopRule.Strategy)
        {
            stop = LevelAt(_rules.Stop, index, close, _rules.StopInRanges, _rules.StopShare);
            if (double.IsNaN(stop)) return Signal.Hold;
        }

        var target = _rules.Target switch
        {
            TargetRule.Risk => close + (_rules.TargetInRisks * (close - stop)),
            TargetRule.None => double.NaN,
            _ => signal.Target,
        };
        return signal with { Stop = stop, Target = target };
    }

    private double LevelAt(StopRule rule, int index, double close, double ranges, double share) => rule switch
    {
        StopRule.Atr => close - (ranges * _range!.Values[index]),
        StopRule.Percent => close * (1 - share),
        StopRule.Structure => _swings!.Low.Values[index] - (_rules.StructureMargin * _range!.Values[index]),
        StopRule.Chandelier => _channel!.Upper.Values[index] - (ranges * _range!.Values[index]),
        _ => double.NaN,
    };

    private bool Uses(StopRule rule) => _rules.Stop == rule || _rules.Trail == rule;
}
