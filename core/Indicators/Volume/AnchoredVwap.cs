using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volume;

/// <summary>
/// Average price weighted by volume since an anchor, in quote currency; the typical price as long as nothing was traded; NaN
/// before the anchor, and then known with the first bar.
/// </summary>
/// <param name="anchor">The first bar that counts is the one that opens then or later, UTC; by default the very first.</param>
public sealed class AnchoredVwap(DateTime anchor = default) : BarIndicator(warmUp: 1)
{
    private WeightedPrice _average;

    protected override double Next(in Candle candle) => candle.OpenTime < anchor ? double.NaN : _average.Add(in candle);

    protected override void Visit(StateVisitor state) => _average.Visit(state);
}
