using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>
/// Wilder's relative strength index, 0 to 100; NaN until <c>period + 1</c> closes were seen; 0 as long as the price has
/// not moved at all, as TA-Lib gives it. Source: Wilder, New Concepts in Technical Trading Systems (1978), section VI.
/// </summary>
public sealed class Rsi : Indicator
{
    private readonly double _weight;
    private readonly double _threshold;
    private double _gain;
    private double _loss;
    private double _lastClose;
    private int _seen;

    /// <param name="period">Bars, 1 or more.</param>
    /// <param name="zero">When the average movement counts as none.</param>
    public Rsi(int period, ZeroRule zero = ZeroRule.Exact)
        : base(period + 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        Period = period;
        (_weight, _threshold) = (1.0 / period, zero.Threshold());
    }

    public int Period { get; }

    protected override void Advance(ReadOnlySpan<Candle> candles, Span<double> values)
    {
        var i = 0;
        for (; _seen <= Period && i < candles.Length; i++) values[i] = WarmUpWith(candles[i].Close);

        var (gain, loss, lastClose, threshold) = (_gain, _loss, _lastClose, _threshold);
        var (weight, keep) = (_weight, 1 - _weight);
        for (; i < candles.Length; i++)
        {
            var close = candles[i].Close;
            var change = close - lastClose;
            lastClose = close;
            gain = Math.FusedMultiplyAdd(gain, keep, double.MaxNative(change, 0) * weight);
            loss = Math.FusedMultiplyAdd(loss, keep, double.MaxNative(-change, 0) * weight);
            values[i] = Strength(gain, loss, threshold);
        }

        (_gain, _loss, _lastClose) = (gain, loss, lastClose);
    }

    protected override void Visit(StateVisitor state)
    {
        state.Visit(ref _gain);
        state.Visit(ref _loss);
        state.Visit(ref _lastClose);
        state.Visit(ref _seen);
    }

    private double WarmUpWith(double close)
    {
        var change = close - _lastClose;
        _lastClose = close;
        if (_seen++ == 0) return double.NaN;
        _gain += Math.Max(change, 0) * _weight;
        _loss += Math.Max(-change, 0) * _weight;
        return _seen > Period ? Strength(_gain, _loss, _threshold) : double.NaN;
    }

    internal static double Strength(double gain, double loss, double threshold)
    {
        var movement = gain + loss;
        return movement > threshold ? 100 * (gain / movement) : 0;
    }
}
