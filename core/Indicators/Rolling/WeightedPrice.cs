using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>The average price weighted by volume of all bars since the last clearing.</summary>
internal struct WeightedPrice
{
    private LongSum _values;
    private LongSum _volumes;

    /// <summary>The average with the next bar, in quote currency; its typical price as long as nothing was traded.</summary>
    public double Add(in Candle candle)
    {
        var price = Price.Typical(in candle);
        _values.Add(price * candle.Volume);
        _volumes.Add(candle.Volume);
        return _volumes.Value > 0 ? _values.Value / _volumes.Value : price;
    }

    public void Clear()
    {
        _values.Clear();
        _volumes.Clear();
    }

    public void Visit(StateVisitor state)
    {
        _values.Visit(state);
        _volumes.Visit(state);
    }
}
