using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>
/// Wilder's relative strength index, 0 to 100; NaN until <c>period + 1</c> closes were seen; 0 as long as the price has
/// not moved at all, as TA-Lib gives it. Source: Wilder, New Concepts in Technical Trading Systems (1978), section VI.
/// </summary>
/// <remarks>
/// What rolls are the sums of the steps and of their sizes, a period times Wilder's averages: gains less losses and gains plus
/// losses. Neither needs to know whether the price rose, which no processor can guess; the index stays within 0 and 100, since the first cannot
/// outgrow the second.
/// </remarks>
public sealed class Rsi : Indicator
{
    private readonly double _kept;
    private readonly double _threshold;
    private double _change;
    private double _movement;
    private double _lastClose;
    private int _seen;

    /// <param name="period">Bars, 1 or more.</param>
    /// <param name="zero">When the average movement counts as none.</param>
    public Rsi(int period, ZeroRule zero = ZeroRule.Exact)
        : base(period + 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        Period = period;
        (_kept, _threshold) = (1 - (1.0 / period), zero.Threshold() * period);
    }

    public int Period { get; }

    protected override void Advance(in Bars bars, Span<double> values)
    {
        var closes = bars.Closes;
        var i = 0;
        for (; _seen <= Period && i < closes.Length; i++) values[i] = WarmUpWith(closes[i]);

        var (change, movement, lastClose, threshold, kept) = (_change, _movement, _lastClose, _threshold, _kept);
        for (; i < closes.Length; i++)
        {
            var close = closes[i];
            var step = close - lastClose;
            lastClose = close;
            change = Math.FusedMultiplyAdd(change, kept, step);
            movement = Math.FusedMultiplyAdd(movement, kept, Math.Abs(step));
            values[i] = Strength(change, movement, threshold);
        }

        (_change, _movement, _lastClose) = (change, movement, lastClose);
    }

    protected override void Visit(StateVisitor state)
    {
        state.Visit(ref _change);
        state.Visit(ref _movement);
        state.Visit(ref _lastClose);
        state.Visit(ref _seen);
    }

    private double WarmUpWith(double close)
    {
        var step = close - _lastClose;
        _lastClose = close;
        if (_seen++ == 0) return double.NaN;
        _change += step;
        _movement += Math.Abs(step);
        return _seen > Period ? Strength(_change, _movement, _threshold) : double.NaN;
    }

    internal static double Strength(double change, double movement, double threshold) =>
        movement > threshold ? Math.FusedMultiplyAdd(50, change / movement, 50) : 0;
}
