using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Learning;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Regimes;

namespace OrleansTrader.Core.Strategies.Hybrid;

/// <summary>
/// Has trend, momentum, reversion, volatility, volume, patterns, longer bars and a model vote, weighs them by the regime, and buys when
/// those with an opinion agree, the way to the target is worth its costs, and the regime allows it. Leaves when they agree on the
/// other direction, or a downtrend is told.
/// </summary>
public sealed class HybridStrategy(StrategyValues values, IPredictor? predictor = null) : IStrategy
{
    private static readonly StrategyParameter MinConfidence = new("MinConfidence", 0.85, 0.5, 1, 0.01, "least agreement of an entry, 0.5 for half of the weight");
    private static readonly StrategyParameter ExitConfidence = new("ExitConfidence", 0.75, 0.5, 1, 0.01, "least agreement on the other direction that ends a position");
    private static readonly StrategyParameter Quorum = new("Quorum", 0.4, 0, 1, 0.05, "least share of the weight that has an opinion at all");
    private static readonly StrategyParameter StopInRanges = new("StopInRanges", 2, 0.5, 10, 0.25, "average true ranges from the close down to the stop");
    private static readonly StrategyParameter TargetInRanges = new("TargetInRanges", 3, 0.5, 20, 0.25, "average true ranges from the close up to the target");
    private static readonly StrategyParameter CostsBps = new("CostsBps", 30, 0, 500, 1, "fees, spread and slippage of a whole trade that the expected gain must exceed, in basis points of the price");
    private static readonly StrategyParameter LongerBars = StrategyParameter.Bars("LongerBars", 4, 2, 48, "bars in one of the longer bars whose trend votes");

    private readonly double _minConfidence = values[MinConfidence];
    private readonly double _exitConfidence = values[ExitConfidence];
    private readonly double _quorum = values[Quorum];
    private readonly double _stop = values[StopInRanges];
    private readonly double _target = values[TargetInRanges];
    private readonly double _costs = values[CostsBps];
    private readonly int _longerBars = values.Whole(LongerBars);

    private HybridPanel _panel = null!;

    /// <summary>What it says of itself.</summary>
    public static StrategyEntry Entry { get; } = new(
        "hybrid",
        "Has eight kinds of evidence vote, weighs them by the regime, and buys when they agree and the way to the target is worth its costs.",
        [MinConfidence, ExitConfidence, Quorum, StopInRanges, TargetInRanges, CostsBps, LongerBars],
        values => new HybridStrategy(values, values.Predictor));

    public string Name => Entry.Name;

    public string Model => _panel.HasPrediction ? predictor!.Version : "";

    public void Prepare(IndicatorSet indicators) => _panel = new HybridPanel(indicators, _longerBars, predictor);

    public void Evaluate(ReadOnlySpan<Candle> candles, Span<Signal> signals, VoteSheet? votes)
    {
        for (var i = 0; i < candles.Length; i++) signals[i] = Judge(i, candles[i].Close, votes);
    }

    public void Visit(StateVisitor state)
    {
    }

    private Signal Judge(int index, double close, VoteSheet? votes)
    {
        var (regime, range) = (_panel.RegimeAt(index), _panel.RangeAt(index));
        if (regime == MarketRegime.Unknown || double.IsNaN(range)) return Signal.Hold;

        var (confidence, opinions) = Count(_panel.LeansAt(index, votes), regime);
        var isQuorate = opinions >= _quorum;
        var allows = HybridWeights.AllowEntries(regime);
        var edge = ((_target * confidence) - (_stop * (1 - confidence))) * range / close * 10_000;
        if (votes is not null)
        {
            votes.Add(new Vote(VoteKind.Quorum, isQuorate ? 1 : -1, opinions, _quorum));
            votes.Add(new Vote(VoteKind.Agreement, confidence >= _minConfidence ? 1 : -1, confidence, _minConfidence));
            votes.Add(new Vote(VoteKind.Edge, edge > _costs ? 1 : -1, edge, _costs));
            votes.Add(new Vote(VoteKind.Regime, allows ? 1 : -1, (double)regime, 0));
        }

        if (regime == MarketRegime.TrendingDown || (isQuorate && 1 - confidence >= _exitConfidence)) return Signal.Flat(1 - confidence);
        if (!isQuorate || !allows || confidence < _minConfidence || edge <= _costs || close <= _stop * range) return Signal.Hold;
        return new Signal(Direction.Long, confidence, close - (_stop * range), close + (_target * range));
    }

    /// <summary>The share of the weighted opinions that is for owning, half where there are none; and the share of the weight that has one.</summary>
    private (double Confidence, double Opinions) Count(ReadOnlySpan<double> leans, MarketRegime regime)
    {
        var (favour, against, voting, none) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var weights = MemoryMarshal.Cast<double, Vector256<double>>(HybridWeights.Of(regime));
        var fours = MemoryMarshal.Cast<double, Vector256<double>>(leans);
        for (var i = 0; i < fours.Length && i < weights.Length; i++)
        {
            var weighted = weights[i] * fours[i];
            favour += Vector256.MaxNative(weighted, none);
            against -= Vector256.MinNative(weighted, none);
            voting += Vector256.AndNot(weights[i], Vector256.Equals(weighted, none));
        }

        var (up, down) = (Vector256.Sum(favour), Vector256.Sum(against));
        // Without a prediction its weight is nobody's, and so everybody's by their shares.
        var present = HybridWeights.Total(regime, _panel.HasPrediction);
        return (up + down > 0 ? up / (up + down) : 0.5, Vector256.Sum(voting) / present);
    }
}
