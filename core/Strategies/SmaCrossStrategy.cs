using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Strategies;

/// <summary>
/// Owns the symbol while the fast simple average is above the slow one, and nothing otherwise: always in or out, no stop,
/// no filter. It exists to measure the engine against others, not to earn.
/// </summary>
public sealed class SmaCrossStrategy(int fast = 10, int slow = 30) : IStrategy
{
    private Sma _fast = null!;
    private Sma _slow = null!;

    public string Name => "sma-cross";

    public void Prepare(IndicatorSet indicators)
    {
        _fast = indicators.Sma(fast);
        _slow = indicators.Sma(slow);
    }

    public Signal Evaluate(in Candle candle, VoteSheet votes)
    {
        var distance = _fast.Value - _slow.Value;
        if (double.IsNaN(distance)) return Signal.Hold;
        var isUp = distance > 0;
        votes.Add(new Vote(VoteKind.AverageCross, isUp ? 1 : -1, distance, 0));
        return new Signal(isUp ? Direction.Long : Direction.Flat, 1, double.NaN, double.NaN);
    }
}
