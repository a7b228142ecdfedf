using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Strategies;

/// <summary>
/// Buys a part of a position with a fixed rhythm, whatever the price, and never sells. Source: Graham, The Intelligent Investor (1949),
/// on dollar-cost averaging.
/// </summary>
/// <remarks>The rhythm is that of the calendar, not of the first bar seen, so that a restart with another history keeps it.</remarks>
public sealed class DcaStrategy(StrategyValues values) : IStrategy
{
    private static readonly StrategyParameter Every = StrategyParameter.Bars("Every", 168, 1, 10_000, "bars from one purchase to the next");
    private static readonly StrategyParameter Parts = new("Parts", 100, 1, 1_000, 1, "purchases that make a whole position, each of one such part");

    private readonly int _every = values.Whole(Every);
    private readonly int _parts = values.Whole(Parts);

    private long _bar;
    private long _round;

    /// <summary>What it says of itself.</summary>
    public static StrategyEntry Entry { get; } = new(
        "dca",
        "Buys a part of a position with a fixed rhythm, whatever the price, and never sells.",
        [Every, Parts],
        values => new DcaStrategy(values))
    {
        IsUnprotected = true,
    };

    public string Name => Entry.Name;

    public bool IsUnprotected => true;

    public void Prepare(IndicatorSet indicators) => _bar = indicators.Interval.Length.Ticks;

    public void Evaluate(ReadOnlySpan<Candle> candles, Span<Signal> signals, VoteSheet? votes)
    {
        for (var i = 0; i < candles.Length; i++) signals[i] = Judge(in candles[i], votes);
    }

    public void Visit(StateVisitor state) => state.Visit(ref _round);

    private Signal Judge(in Candle candle, VoteSheet? votes)
    {
        // Ticks are counted from a Monday, so that a rhythm of whole weeks buys on Mondays.
        var (round, within) = Math.DivRem(candle.OpenTime.Ticks, _bar * _every);
        // Where the first bar of a round is missing, the next one buys in its place.
        var isDue = round != _round && (_round != 0 || within == 0);
        _round = round;
        votes?.Add(new Vote(VoteKind.Rhythm, isDue ? 1 : 0, 1 + (within / _bar), _every));
        return isDue ? new Signal(Direction.Add, 1, double.NaN, double.NaN) { Parts = (ushort)_parts } : Signal.Hold;
    }
}
