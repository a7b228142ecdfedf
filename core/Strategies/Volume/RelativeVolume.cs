using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Strategies.Volume;

/// <summary>
/// The volume of a bar as a multiple of the mean of those before it, 0 or more; 0 where nothing was traded before; NaN until
/// <c>period + 1</c> bars were seen.
/// </summary>
/// <param name="period">Bars before it, 1 or more.</param>
public sealed class RelativeVolume(int period) : BarIndicator(period + 1)
{
    private readonly RollingSum _before = new(period);

    protected override double Next(in Candle candle)
    {
        var usual = _before.Mean;
        _before.Add(candle.Volume);
        return double.IsNaN(usual) || usual > 0 ? candle.Volume / usual : 0;
    }

    protected override void Visit(StateVisitor state) => _before.Visit(state);
}
