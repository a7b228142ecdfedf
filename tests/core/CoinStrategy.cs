using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Tests;

/// <summary>Wants this or that at random, protected or not, and adds to what it owns where that is asked for.</summary>
internal sealed class CoinStrategy(int seed, bool adds = false) : BarStrategy
{
    private readonly Random _random = new(seed);

    public override string Name => "coin";

    protected override void Prepare(IndicatorSet indicators)
    {
    }

    protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => _random.Next(12) switch
    {
        0 => new Signal(Direction.Long, 1, candle.Close * 0.98, candle.Close * 1.02),
        1 => new Signal(Direction.Long, 1, double.NaN, double.NaN),
        2 => Signal.Flat(1),
        3 when adds => new Signal(Direction.Add, 1, double.NaN, double.NaN) { Parts = 5 },
        4 when adds => new Signal(Direction.Add, 1, candle.Close * 0.97, candle.Close * 1.03) { Parts = 3 },
        _ => Signal.Hold,
    };
}
