using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Statistics;

/// <summary>
/// Pearson's correlation of the last logarithmic returns of the close with those <c>lag</c> bars before, -1 to 1; 0 where they do
/// not vary; NaN until <c>period + lag + 1</c> closes were seen.
/// </summary>
/// <param name="period">Pairs of returns, 2 or more.</param>
/// <param name="lag">Bars, 1 or more.</param>
public sealed class Autocorrelation(int period, int lag = 1) : BarIndicator(period + lag + 1)
{
    private readonly Window _returns = new(lag);
    private readonly RollingPair _pairs = new(period);
    private double _lastClose;

    protected override double Next(in Candle candle)
    {
        // Closes are above zero: a last close of zero is none.
        var (lastClose, isFirst) = (_lastClose, !(_lastClose > 0));
        _lastClose = candle.Close;
        if (isFirst) return double.NaN;

        var change = Math.Log(candle.Close / lastClose);
        var before = _returns.Push(change);
        if (!double.IsNaN(before)) _pairs.Add(change, before);
        return _pairs.Correlation(threshold: 0);
    }

    protected override void Visit(StateVisitor state)
    {
        _returns.Visit(state);
        _pairs.Visit(state);
        state.Visit(ref _lastClose);
    }
}
