using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Trend;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Cluster.Tests.Parity;

/// <summary>
/// Owns what closes above its average, and looks at its position: leaves what has gained nothing in its time, adds below its average price,
/// keeps what is to be left at a small gain, and enters at even hours only.
/// </summary>
internal sealed class PatientTrend : BarStrategy, IPositionStrategy
{
    private const int Patience = 9;

    private Ema _average = null!;

    public static StrategyEntry Entry { get; } = new("patient", "Owns what closes above its average while that pays.", [], _ => new PatientTrend());

    public override string Name => Entry.Name;

    public Signal Reconsider(in Signal signal, in Standing standing, VoteSheet? votes)
    {
        if (!standing.IsHeld) return standing.Time.Hour % 2 == 0 ? signal : Signal.Hold;
        votes?.Add(new Vote(VoteKind.OpenReturn, 0, standing.OpenReturn, 0));
        if (standing.BarsHeld >= Patience && standing.OpenReturn <= 0) return Signal.Flat(1);
        if (signal.Direction == Direction.Flat && standing.OpenReturn is > 0 and < 0.01) return Signal.Hold;
        var isCheap = standing.Close < standing.EntryPrice * 0.995 && standing.Close > standing.Stop && !standing.IsEntryWorking;
        return isCheap && signal.Direction != Direction.Flat ? new Signal(Direction.Add, 1, double.NaN, double.NaN) { Parts = 20 } : signal;
    }

    protected override void Prepare(IndicatorSet indicators) => _average = indicators.Ema(20);

    protected override Signal Evaluate(in Candle candle, VoteSheet? votes)
    {
        if (!_average.IsReady) return Signal.Hold;
        return candle.Close > _average.Value ? new Signal(Direction.Long, 1, candle.Close * 0.96, candle.Close * 1.06) : Signal.Flat(1);
    }
}
