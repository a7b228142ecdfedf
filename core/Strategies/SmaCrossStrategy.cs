using System.Runtime.CompilerServices;
using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Trend;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Strategies;

/// <summary>
/// Owns the symbol while the fast simple average is above the slow one, and nothing otherwise: always in or out, no stop,
/// no filter. It exists to measure the engine against others, not to earn.
/// </summary>
public sealed class SmaCrossStrategy(int fast = 10, int slow = 30) : IStrategy
{
    private static readonly StrategyParameter Fast = StrategyParameter.Bars("Fast", 10, 1, 200, "bars of the fast average");
    private static readonly StrategyParameter Slow = StrategyParameter.Bars("Slow", 30, 2, 400, "bars of the slow average");

    // By direction. Picked from a table, since no processor can guess at which bar the averages will cross.
    private static readonly Signal[] Verdicts = [Signal.Hold, new(Direction.Long, 1, double.NaN, double.NaN), Signal.Flat(1)];

    private Sma _fast = null!;
    private Sma _slow = null!;

    /// <summary>What it says of itself.</summary>
    public static StrategyEntry Entry { get; } = new(
        "sma-cross",
        "Owns the symbol while the fast simple average is above the slow one; it exists to measure the engine, not to earn.",
        [Fast, Slow],
        values => new SmaCrossStrategy(values.Whole(Fast), values.Whole(Slow)))
    {
        IsUnprotected = true,
        Ordered = [(Fast, Slow)],
    };

    public string Name => Entry.Name;

    public bool IsUnprotected => true;

    public void Prepare(IndicatorSet indicators)
    {
        _fast = indicators.Sma(fast);
        _slow = indicators.Sma(slow);
    }

    public void Evaluate(ReadOnlySpan<Candle> candles, Span<Signal> signals, VoteSheet? votes)
    {
        var fastValues = _fast.Values;
        var slowValues = _slow.Values;
        ReadOnlySpan<Signal> verdicts = Verdicts;
        for (var i = 0; i < signals.Length && i < fastValues.Length && i < slowValues.Length; i++)
            signals[i] = verdicts[(int)Judge(fastValues[i] - slowValues[i])];

        if (votes is not null) Explain(fastValues[^1] - slowValues[^1], votes);
    }

    public void Visit(StateVisitor state)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Direction Judge(double distance) =>
        (Direction)(Convert.ToByte(distance > 0) * (int)Direction.Long + Convert.ToByte(distance <= 0) * (int)Direction.Flat);

    private static void Explain(double distance, VoteSheet votes)
    {
        if (!double.IsNaN(distance)) votes.Add(new Vote(VoteKind.AverageCross, distance > 0 ? 1 : -1, distance, 0));
    }
}
