using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volume;

/// <summary>
/// Chaikin's money flow, -1 to 1: the volume of the last bars weighted by where each closed, as a share of all their volume; 0
/// where nothing was traded; NaN until <c>period</c> bars were seen. Source: Chaikin (1980s).
/// </summary>
/// <param name="period">Bars, 1 or more.</param>
public sealed class Cmf(int period = 20) : BarIndicator(period)
{
    private readonly RollingSum _flows = new(period);
    private readonly RollingSum _volumes = new(period);

    protected override double Next(in Candle candle)
    {
        _flows.Add(Price.CloseLocation(in candle) * candle.Volume);
        _volumes.Add(candle.Volume);
        if (!_volumes.IsFull) return double.NaN;
        return _volumes.Sum > 0 ? _flows.Sum / _volumes.Sum : 0;
    }

    protected override void Visit(StateVisitor state)
    {
        _flows.Visit(state);
        _volumes.Visit(state);
    }
}
