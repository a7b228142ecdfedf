using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volume;

/// <summary>
/// Chaikin's accumulation and distribution line, in base currency: the volume of each bar weighted by where it closed between low
/// (-1) and high (+1), added up from the first bar on. Source: Chaikin, after Williams (1972).
/// </summary>
public sealed class AccumulationDistribution() : BarIndicator(warmUp: 1)
{
    private LongSum _line;

    protected override double Next(in Candle candle)
    {
        _line.Add(Price.CloseLocation(in candle) * candle.Volume);
        return _line.Value;
    }

    protected override void Visit(StateVisitor state) => _line.Visit(state);
}
