using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Tests;

/// <summary>
/// Gives the verdicts of another strategy, and looks at its position: leaves what has gained nothing in so many bars, adds only below its
/// average price, keeps what is to be left at a small loss, and waits with entries on every seventh hour.
/// </summary>
internal sealed class PatientStrategy(IStrategy bars, int most = 10) : BarStrategy, IPositionStrategy
{
    public override string Name => "patient";

    protected override void Prepare(Core.Indicators.IndicatorSet indicators) => bars.Prepare(indicators);

    protected override Signal Evaluate(in Candle candle, VoteSheet? votes)
    {
        var signal = new Signal[1];
        bars.Evaluate([candle], signal, votes);
        return signal[0];
    }

    public Signal Reconsider(in Signal signal, in Standing standing, VoteSheet? votes)
    {
        if (!standing.IsHeld) return standing.Time.Hour % 7 == 0 ? Signal.Hold : signal;
        if (standing.BarsHeld >= most && standing.OpenReturn <= 0)
        {
            votes?.Add(new Vote(VoteKind.BarsHeld, -1, standing.BarsHeld, most));
            return Signal.Flat(1);
        }

        if (signal.Direction == Direction.Add && standing.Close >= standing.EntryPrice) return Signal.Hold;
        return signal.Direction == Direction.Flat && standing.OpenReturn is > -0.01 and < 0 ? Signal.Hold : signal;
    }
}
