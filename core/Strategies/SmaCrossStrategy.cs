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
    // By direction. Picked from a table, since no processor can guess at which bar the averages will cross.
    private static readonly Signal[] Verdicts = [Signal.Hold, new(Direction.Long, 1, double.NaN, double.NaN), Signal.Flat(1)];

    private Sma _fast = null!;
    private Sma _slow = null!;

    public string Name => "sma-cross";

    public void Prepare(IndicatorSet indicators)
    {
        _fast = indicators.Sma(fast);
        _slow = indicators.Sma(slow);
    }

    public void Evaluate(ReadOnlySpan<Candle> candles, Span<Signal> signals, VoteSheet? votes)
    {
        var fastValues = _fast.Values;
        var slowValues = _slow.Values;
        for (var i = 0; i < signals.Length && i < fastValues.Length && i < slowValues.Length; i++)
            signals[i] = Verdicts[(int)Judge(fastValues[i] - slowValues[i])];

        if (votes is not null) Explain(fastValues[^1] - slowValues[^1], votes);
    }

    public void Visit(StateVisitor state)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Direction Judge(double distance) =>
        (distance > 0 ? Direction.Long : Direction.Hold) | (distance <= 0 ? Direction.Flat : Direction.Hold);

    private static void Explain(double distance, VoteSheet votes)
    {
        if (!double.IsNaN(distance)) votes.Add(new Vote(VoteKind.AverageCross, distance > 0 ? 1 : -1, distance, 0));
    }
}
