using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Momentum;
using OrleansTrader.Core.Indicators.Statistics;
using OrleansTrader.Core.Indicators.Trend;
using OrleansTrader.Core.Indicators.Volatility;
using OrleansTrader.Core.Indicators.Volume;
using OrleansTrader.Core.Learning;
using OrleansTrader.Core.Patterns;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Strategies.Volume;

namespace OrleansTrader.Core.Strategies.Hybrid;

/// <summary>
/// Reads the instruments of the hybrid strategy and has each lean for or against owning: -1 to 1, and 0 where it has no opinion, which
/// is what it has as long as its figure is not known.
/// </summary>
internal sealed class HybridPanel
{
    /// <summary>A lean that is weaker is none.</summary>
    private const double LeastLean = 0.1;

    /// <summary>An average directional index below it is no trend (Wilder 1978).</summary>
    private const double LeastStrength = 20;

    /// <summary>Of the way from the middle to a band, beyond which a close is far out.</summary>
    private const double FarOut = 0.8;

    /// <summary>Standard deviations from the mean beyond which a close is far out.</summary>
    private const double FarDeviation = 1.5;

    // Two that turn markets up, two that turn them down, and one that does either: the ones that Nison (1991) names first.
    private static readonly string[] Patterns = ["CDLENGULFING", "CDLHAMMER", "CDLMORNINGSTAR", "CDLSHOOTINGSTAR", "CDLEVENINGSTAR"];

    private readonly IPredictor? _predictor;
    private readonly RegimeDetector _regime;
    private readonly Ema _fast;
    private readonly Ema _slow;
    private readonly Adx _adx;
    private readonly Rsi _rsi;
    private readonly Macd _macd;
    private readonly Bollinger _bands;
    private readonly ZScore _deviation;
    private readonly Cmf _flow;
    private readonly VolumeBalance _balance;
    private readonly CandleVerdicts _patterns;
    private readonly LongerTrend _longer;
    private readonly Atr _range;
    private readonly double[] _leans = new double[HybridWeights.Voters];

    public HybridPanel(IndicatorSet indicators, int longerBars, IPredictor? predictor)
    {
        _predictor = predictor;
        _regime = RegimeDetector.Of(indicators);
        _fast = indicators.Ema(12);
        _slow = indicators.Ema(26);
        _adx = indicators.Shared($"ADX_{14}", () => new Adx(14));
        _rsi = indicators.Rsi(14);
        _macd = indicators.Shared($"MACD_{12}_{26}_{9}", () => new Macd(12, 26, 9));
        _bands = indicators.Shared($"BB_{20}_{2.0}", () => new Bollinger());
        _deviation = indicators.Shared($"ZSCORE_{50}", () => new ZScore(50));
        _flow = indicators.Shared($"CMF_{20}", () => new Cmf());
        _balance = indicators.Shared($"VOLUME_BALANCE_{20}", () => new VolumeBalance(20));
        _patterns = CandleVerdicts.Of(indicators, Patterns);
        _longer = indicators.Shared($"LONGER_TREND_{longerBars}", () => new LongerTrend(indicators.Interval, longerBars));
        _range = indicators.Atr(14);
    }

    /// <summary>Average true range after that bar of the block, in quote currency; NaN when it is not known.</summary>
    public double RangeAt(int index) => _range.Values[index];

    /// <summary>Whether a model had something to say of the bar whose leans were read last.</summary>
    public bool HasPrediction { get; private set; }

    public MarketRegime RegimeAt(int index) => RegimeDetector.ToRegime(_regime.Values[index]);

    /// <summary>How each voter leans after that bar of the block, in the order of the weights; lasts until the next call.</summary>
    /// <param name="votes">Takes the figure behind each lean; null when nobody asks.</param>
    public ReadOnlySpan<double> LeansAt(int index, VoteSheet? votes)
    {
        var range = _range.Values[index];
        var distance = (_fast.Values[index] - _slow.Values[index]) / range;
        var strength = _adx.Values[index];
        var movement = _adx.PlusDi.Values[index] - _adx.MinusDi.Values[index];
        var rsi = _rsi.Values[index];
        var momentum = _macd.Histogram.Values[index] / range;
        var position = (2 * _bands.PercentB.Values[index]) - 1;
        var deviation = _deviation.Values[index];
        var volatility = _regime.Volatility.Values[index];
        var flow = _flow.Values[index];
        var balance = _balance.Values[index];
        var pattern = _patterns.Bullish.Values[index] - _patterns.Bearish.Values[index];
        var longer = _longer.Values[index];

        var leans = _leans.AsSpan();
        leans[HybridWeights.PlaceOf(VoteKind.AverageDistance)] = distance / 2;
        leans[HybridWeights.PlaceOf(VoteKind.DirectionalMovement)] = strength >= LeastStrength ? movement / 25 : 0;
        leans[HybridWeights.PlaceOf(VoteKind.Strength)] = (rsi - 50) / 20;
        leans[HybridWeights.PlaceOf(VoteKind.Momentum)] = momentum * 4;
        leans[HybridWeights.PlaceOf(VoteKind.BandPosition)] = Math.Abs(position) >= FarOut ? -position : 0;
        leans[HybridWeights.PlaceOf(VoteKind.Deviation)] = Math.Abs(deviation) >= FarDeviation ? -deviation / 2.5 : 0;
        leans[HybridWeights.PlaceOf(VoteKind.Volatility)] = (1 - volatility) * 2;
        leans[HybridWeights.PlaceOf(VoteKind.MoneyFlow)] = flow * 5;
        leans[HybridWeights.PlaceOf(VoteKind.VolumeBalance)] = balance / 0.3;
        leans[HybridWeights.PlaceOf(VoteKind.Pattern)] = pattern;
        leans[HybridWeights.PlaceOf(VoteKind.LongerTrend)] = longer / 2;

        var prediction = double.NaN;
        if (_predictor is not null)
        {
            ReadOnlySpan<double> features = [distance, strength, movement, rsi, momentum, position, deviation, volatility, flow, balance, pattern, longer];
            prediction = _predictor.Predict(features);
        }

        HasPrediction = !double.IsNaN(prediction);
        leans[HybridWeights.PlaceOf(VoteKind.Prediction)] = (prediction - 0.5) * 4;
        Bound(leans);
        if (votes is null) return leans;

        Note(VoteKind.AverageDistance, distance, 0);
        Note(VoteKind.DirectionalMovement, movement, strength);
        Note(VoteKind.Strength, rsi, 50);
        Note(VoteKind.Momentum, momentum, 0);
        Note(VoteKind.BandPosition, position, FarOut);
        Note(VoteKind.Deviation, deviation, FarDeviation);
        Note(VoteKind.Volatility, volatility, 1);
        Note(VoteKind.MoneyFlow, flow, 0);
        Note(VoteKind.VolumeBalance, balance, 0);
        Note(VoteKind.Pattern, pattern, 0);
        Note(VoteKind.LongerTrend, longer, 0);
        Note(VoteKind.Prediction, prediction, 0.5);
        return leans;

        void Note(VoteKind kind, double value, double threshold)
        {
            if (!double.IsNaN(value)) votes.Add(new Vote(kind, _leans[HybridWeights.PlaceOf(kind)], value, threshold));
        }
    }

    /// <summary>Makes leans of figures: those too small, and those not known, are none. Without a jump, since no processor can guess them.</summary>
    private static void Bound(Span<double> leans)
    {
        var (one, least) = (Vector256<double>.One, Vector256.Create(LeastLean));
        foreach (ref var four in MemoryMarshal.Cast<double, Vector256<double>>(leans))
        {
            var speaks = Vector256.GreaterThanOrEqual(Vector256.Abs(four), least);
            four = Vector256.MinNative(Vector256.MaxNative(four, -one), one) & speaks;
        }
    }
}
