using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>Wilder's average true range as a part of other indicators: bar by bar, in quote currency.</summary>
internal sealed class AverageRange(int period)
{
    private readonly WilderAverage _average = new(period);
    private double _lastClose;
    private bool _hasClose;

    /// <summary>The average with the next bar; NaN until <c>period + 1</c> bars were seen.</summary>
    public double Next(in Candle candle)
    {
        var average = _hasClose ? _average.Next(Price.TrueRange(in candle, _lastClose)) : double.NaN;
        (_lastClose, _hasClose) = (candle.Close, true);
        return average;
    }

    public void Visit(StateVisitor state)
    {
        _average.Visit(state);
        state.Visit(ref _lastClose);
        state.Visit(ref _hasClose);
    }
}
