using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Timeframes;

/// <summary>
/// An indicator of longer bars, seen from the shorter ones: what it showed after the latest longer bar that has closed. It changes when a
/// longer bar closes, and at no other bar, so that nothing of a bar under way is known.
/// </summary>
public sealed class LongerBars : BarIndicator
{
    private readonly CandleAggregator _aggregator;
    private readonly Indicator _inner;
    private int _seen;

    /// <param name="shorter">Interval of the bars that it takes.</param>
    /// <param name="longer">Interval of the bars that the indicator sees.</param>
    /// <param name="inner">An instance of its own; each of its outputs is one here, under the same name.</param>
    /// <exception cref="ArgumentException">The longer bars do not consist of whole shorter ones.</exception>
    public LongerBars(Interval shorter, Interval longer, Indicator inner)
        : this(new CandleAggregator(shorter, longer), inner)
    {
    }

    // The first bar may lie within a longer one, which is left out then.
    private LongerBars(CandleAggregator aggregator, Indicator inner)
        : base((int)((inner.WarmUp + 1) * (aggregator.Longer.Length / aggregator.Shorter.Length)), inner.Outputs[0].Name)
    {
        (_aggregator, _inner) = (aggregator, inner);
        foreach (var output in inner.Outputs.AsSpan()[1..]) Adds(output.Name, WarmUp);
    }

    protected override double Next(in Candle candle)
    {
        _aggregator.Update(in candle);
        foreach (ref readonly var longer in _aggregator.Closed) _inner.Update(in longer);
        if (_seen < WarmUp) _seen++;
        if (_seen < WarmUp) return double.NaN;
        for (var i = 1; i < Outputs.Length; i++) Set(Outputs[i], _inner.Outputs[i].Value);
        return _inner.Value;
    }

    protected override void Visit(StateVisitor state)
    {
        _aggregator.VisitAll(state);
        _inner.VisitAll(state);
        state.Visit(ref _seen);
    }
}
