using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Momentum;
using OrleansTrader.Core.Indicators.Volatility;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Regimes;

namespace OrleansTrader.Core.Strategies;

/// <summary>
/// Buys below the lower Bollinger band while the relative strength index is oversold, in a ranging or quiet market only; sells at the
/// middle band, or a multiple of the average true range higher, and gives up when a downtrend is told. Source: Bollinger on Bollinger
/// Bands (2001), method III.
/// </summary>
public sealed class MeanReversionStrategy(StrategyValues values) : IStrategy
{
    private static readonly StrategyParameter BandPeriod = StrategyParameter.Bars("BandPeriod", 20, 5, 200, "bars of the Bollinger bands");
    private static readonly StrategyParameter BandWidth = new("BandWidth", 2, 0.5, 4, 0.25, "standard deviations from the middle to a band");
    private static readonly StrategyParameter RsiPeriod = StrategyParameter.Bars("RsiPeriod", 14, 2, 100, "bars of the relative strength index");
    private static readonly StrategyParameter Oversold = new("Oversold", 30, 1, 60, 1, "greatest relative strength index of an entry");
    private static readonly StrategyParameter AtrPeriod = StrategyParameter.Bars("AtrPeriod", 14, 2, 100, "bars of the average true range");
    private static readonly StrategyParameter StopInRanges = new("StopInRanges", 2, 0.5, 10, 0.25, "average true ranges from the close down to the stop");
    private static readonly StrategyParameter TargetInRanges = new("TargetInRanges", 0, 0, 20, 0.25, "average true ranges from the close up to the target; 0 for the middle band");

    private readonly int _bandPeriod = values.Whole(BandPeriod);
    private readonly double _bandWidth = values[BandWidth];
    private readonly int _rsiPeriod = values.Whole(RsiPeriod);
    private readonly double _oversold = values[Oversold];
    private readonly int _atrPeriod = values.Whole(AtrPeriod);
    private readonly double _stop = values[StopInRanges];
    private readonly double _target = values[TargetInRanges];

    private RegimeDetector _regime = null!;
    private Bollinger _bands = null!;
    private Rsi _rsi = null!;
    private Atr _atr = null!;

    /// <summary>What it says of itself.</summary>
    public static StrategyEntry Entry { get; } = new(
        "mean-reversion",
        "Buys what fell below the lower Bollinger band and is oversold while the market goes nowhere, and sells when it is back at the middle.",
        [BandPeriod, BandWidth, RsiPeriod, Oversold, AtrPeriod, StopInRanges, TargetInRanges],
        values => new MeanReversionStrategy(values));

    public string Name => Entry.Name;

    public void Prepare(IndicatorSet indicators)
    {
        _regime = RegimeDetector.Of(indicators);
        _bands = indicators.Shared($"BB_{_bandPeriod}_{_bandWidth}", () => new Bollinger(_bandPeriod, _bandWidth));
        _rsi = indicators.Rsi(_rsiPeriod);
        _atr = indicators.Atr(_atrPeriod);
    }

    public void Evaluate(ReadOnlySpan<Candle> candles, Span<Signal> signals, VoteSheet? votes)
    {
        for (var i = 0; i < candles.Length; i++) signals[i] = Judge(i, candles[i].Close, votes);
    }

    public void Visit(StateVisitor state)
    {
    }

    private Signal Judge(int index, double close, VoteSheet? votes)
    {
        var regime = RegimeDetector.ToRegime(_regime.Values[index]);
        var (lower, middle) = (_bands.Lower.Values[index], _bands.Middle.Values[index]);
        var (rsi, range) = (_rsi.Values[index], _atr.Values[index]);
        if (regime == MarketRegime.Unknown || double.IsNaN(lower + rsi + range)) return Signal.Hold;

        var goesNowhere = regime is MarketRegime.Ranging or MarketRegime.Quiet;
        votes?.Add(new Vote(VoteKind.Regime, goesNowhere ? 1 : -1, (double)regime, 0));
        votes?.Add(new Vote(VoteKind.LowerBand, close < lower ? 1 : -1, close, lower));
        votes?.Add(new Vote(VoteKind.OversoldRsi, rsi <= _oversold ? 1 : -1, rsi, _oversold));
        if (regime == MarketRegime.TrendingDown) return Signal.Flat(1);
        if (!goesNowhere || close >= lower || rsi > _oversold) return Signal.Hold;

        return new Signal(Direction.Long, 1, close - (_stop * range), _target > 0 ? close + (_target * range) : middle);
    }
}
