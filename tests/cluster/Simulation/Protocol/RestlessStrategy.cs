#if !ORLEANS
using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Cluster.Tests.Simulation.Protocol;

/// <summary>Enters and leaves as the digits of prices fall, with a stop and a target that are soon met.</summary>
internal sealed class RestlessStrategy : BarStrategy
{
    private const double Distance = 0.004;

    public static StrategyEntry Entry { get; } = new("restless", "Trades for the sake of it.", [], _ => new RestlessStrategy());

    public override string Name => Entry.Name;

    protected override void Prepare(IndicatorSet indicators)
    {
    }

    protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => ((ulong)BitConverter.DoubleToInt64Bits(candle.Close) * 0x9E3779B97F4A7C15 >> 60) switch
    {
        < 7 => new Signal(Direction.Long, 1, candle.Close * (1 - Distance), candle.Close * (1 + Distance)),
        < 10 => Signal.Flat(1),
        _ => Signal.Hold,
    };
}
#endif
