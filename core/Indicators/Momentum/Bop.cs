using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>
/// Balance of power: close less open over high less low, -1 to 1; 0 for a bar without range; known with the first bar. Source:
/// Livshin, Stocks &amp; Commodities 19:8 (2001).
/// </summary>
/// <param name="zero">When a range counts as none.</param>
public sealed class Bop(ZeroRule zero = ZeroRule.Exact) : BarIndicator(warmUp: 1)
{
    private readonly double _threshold = zero.Threshold();

    protected override double Next(in Candle candle)
    {
        var range = candle.High - candle.Low;
        return range > _threshold ? (candle.Close - candle.Open) / range : 0;
    }

    protected override void Visit(StateVisitor state)
    {
    }
}
