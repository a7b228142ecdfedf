// A strategy of your own, as a pattern to copy: docs/strategies.md explains each part.
//
//     dotnet run --project cli -- backtest --strategy pullback --data <folder of candles>
//
// Everything a strategy reads is there without a "using": System, System.Linq, and the indicators, patterns and regimes of the core.

/// <summary>Buys a dip while the trend of the days points up, and leaves when the dip is made up for or the market turns down.</summary>
public sealed class Pullback(StrategyValues values) : BarStrategy
{
    // What can be tuned: name, default, least, most, step, and what it does. A step of 1 asks for whole numbers.
    private static readonly StrategyParameter TrendDays = StrategyParameter.Bars("TrendDays", 20, 5, 100, "days of the average whose rise is the trend");
    private static readonly StrategyParameter RsiPeriod = StrategyParameter.Bars("RsiPeriod", 14, 2, 50, "bars of the relative strength index");
    private static readonly StrategyParameter Dip = new("Dip", 35, 10, 60, 1, "greatest relative strength index of an entry");
    private static readonly StrategyParameter Recovered = new("Recovered", 60, 40, 90, 1, "relative strength index at which it leaves");
    private static readonly StrategyParameter StopInRanges = new("StopInRanges", 3, 0.5, 10, 0.25, "average true ranges from the close down to the stop");
    private static readonly StrategyParameter TargetInRanges = new("TargetInRanges", 6, 0.5, 20, 0.25, "average true ranges from the close up to the target");

    // Their values in this run.
    private readonly int _trendDays = values.Whole(TrendDays);
    private readonly int _rsiPeriod = values.Whole(RsiPeriod);
    private readonly double _dip = values[Dip];
    private readonly double _recovered = values[Recovered];
    private readonly double _stop = values[StopInRanges];
    private readonly double _target = values[TargetInRanges];

    // What it reads, asked for in Prepare.
    private LongerBars _trend = null!;
    private Rsi _rsi = null!;
    private Atr _range = null!;
    private RegimeDetector _regime = null!;
    private CandleVerdicts _patterns = null!;

    // What it remembers itself from bar to bar.
    private double _trendBefore;
    private bool _isRising;

    /// <summary>What it says of itself; it stands below the parameters, since C# makes them in this order.</summary>
    public static StrategyEntry Entry { get; } = new(
        "pullback",
        "Buys a dip while the trend of the days points up, and leaves when the dip is made up for or the market turns down.",
        [TrendDays, RsiPeriod, Dip, Recovered, StopInRanges, TargetInRanges],
        values => new Pullback(values))
    {
        // The first of each pair must be less than the second.
        Ordered = [(Dip, Recovered)],
    };

    public override string Name => Entry.Name;

    // Called once, before the first bar. Nothing can be asked for later.
    protected override void Prepare(IndicatorSet indicators)
    {
        _trend = indicators.Longer(Interval.Parse("1d"), $"EMA_{_trendDays}", () => new Ema(_trendDays));
        _rsi = indicators.Rsi(_rsiPeriod);
        _range = indicators.Atr(14);
        _regime = RegimeDetector.Of(indicators);
        _patterns = CandleVerdicts.Of(indicators, "CDLENGULFING", "CDLHAMMER", "CDLMORNINGSTAR");
    }

    // Called with each bar that has closed. Every figure includes that bar, and none after it; NaN is not known yet.
    protected override Signal Evaluate(in Candle candle, VoteSheet? votes)
    {
        var (trend, rsi, range) = (_trend.Value, _rsi.Value, _range.Value);
        if (double.IsNaN(trend + rsi + range)) return Signal.Hold;

        // The average of days moves once a day: in between it rises as it did last.
        if (trend != _trendBefore) _isRising = _trendBefore > 0 && trend > _trendBefore;
        _trendBefore = trend;

        // The reasons, for whoever asks: what was looked at, how it spoke (-1 to 1), its value and the threshold.
        votes?.Add(new Vote(VoteKind.LongerTrend, _isRising ? 1 : -1, (candle.Close - trend) / range, 0));
        votes?.Add(new Vote(VoteKind.OversoldRsi, rsi <= _dip ? 1 : -1, rsi, _dip));
        votes?.Add(new Vote(VoteKind.Pattern, _patterns.Bullish.Value > 0 ? 1 : 0, _patterns.Bullish.Value - _patterns.Bearish.Value, 0));

        // A wish to leave costs nothing when nothing is owned.
        if (_regime.Regime == MarketRegime.TrendingDown || rsi >= _recovered) return Signal.Flat(1);
        if (!_isRising || candle.Close < trend || rsi > _dip) return Signal.Hold;

        // A pattern that speaks for a rise makes it surer; only confidence that was right in the past is worth more money.
        var confidence = _patterns.Bullish.Value > 0 ? 1 : 0.8;
        return new Signal(Direction.Long, confidence, candle.Close - (_stop * range), candle.Close + (_target * range));
    }

    // What it remembers is passed over here, so that a restart goes on where it stopped.
    public override void Visit(StateVisitor state)
    {
        state.Visit(ref _trendBefore);
        state.Visit(ref _isRising);
    }
}
