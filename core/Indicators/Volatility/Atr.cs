using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volatility;

/// <summary>
/// Wilder's average true range, in quote currency; NaN until <c>period + 1</c> bars were seen, since the first bar has no
/// previous close. Source: Wilder, New Concepts in Technical Trading Systems (1978), section III.
/// </summary>
public sealed class Atr : Indicator
{
    private readonly double _weight;
    private double _average;
    private double _lastClose;
    private int _seen;

    /// <param name="period">Bars, 1 or more.</param>
    public Atr(int period)
        : base(period + 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        Period = period;
        _weight = 1.0 / period;
    }

    public int Period { get; }

    protected override void Advance(in Bars bars, Span<double> values)
    {
        var closes = bars.Closes;
        var highs = bars.Highs[..closes.Length];
        var lows = bars.Lows[..closes.Length];
        values = values[..closes.Length];
        var i = 0;
        for (; _seen <= Period && i < closes.Length; i++) values[i] = WarmUpWith(highs[i], lows[i], closes[i]);

        var (average, lastClose, weight, keep) = (_average, _lastClose, _weight, 1 - _weight);
        for (; i < closes.Length; i++)
        {
            average = Math.FusedMultiplyAdd(average, keep, Price.TrueRange(highs[i], lows[i], lastClose) * weight);
            lastClose = closes[i];
            values[i] = average;
        }

        (_average, _lastClose) = (average, lastClose);
    }

    protected override void Visit(StateVisitor state)
    {
        state.Visit(ref _average);
        state.Visit(ref _lastClose);
        state.Visit(ref _seen);
    }

    private double WarmUpWith(double high, double low, double close)
    {
        var range = Price.TrueRange(high, low, _lastClose);
        _lastClose = close;
        if (_seen++ == 0) return double.NaN;
        _average += range * _weight;
        return _seen > Period ? _average : double.NaN;
    }
}
