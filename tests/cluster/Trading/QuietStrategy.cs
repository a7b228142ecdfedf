using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>Never wants anything.</summary>
internal sealed class QuietStrategy : BarStrategy
{
    public static StrategyEntry Entry { get; } = new("quiet", "Never wants anything.", [], _ => new QuietStrategy());

    public override string Name => Entry.Name;

    protected override void Prepare(IndicatorSet indicators)
    {
    }

    protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => Signal.Hold;
}
