using System.Runtime.Intrinsics;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>
/// Wilder's average directional index, 0 to 100, with both directional indicators; the index is NaN until <c>2 period</c> bars
/// were seen, the indicators until <c>period + 1</c>. Without any movement the indicators are 0 and the index stays where it
/// was. Source: Wilder, New Concepts in Technical Trading Systems (1978), section IV.
/// </summary>
/// <remarks>The first sums are of one bar less than a period, and nothing is rounded, as in TA-Lib.</remarks>
public sealed class Adx : Indicator
{
    private readonly double _threshold;
    private readonly double _share;
    private double _plus;
    private double _minus;
    private double _range;
    private double _index;
    private double _lastHigh;
    private double _lastLow;
    private double _lastClose;
    private int _seen;

    /// <param name="period">Bars, 2 or more.</param>
    /// <param name="zero">When a movement counts as none.</param>
    public Adx(int period, ZeroRule zero = ZeroRule.Exact)
        : base(2 * period, nameof(Index))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 2);
        (Period, _threshold, _share) = (period, zero.Threshold(), 1.0 / period);
        PlusDi = Adds(nameof(PlusDi), period + 1);
        MinusDi = Adds(nameof(MinusDi), period + 1);
    }

    public int Period { get; }

    /// <summary>Strength of the trend, up or down, 0 to 100.</summary>
    public Output Index => Main;

    /// <summary>Share of the range that went up, 0 to 100.</summary>
    public Output PlusDi { get; }

    /// <summary>Share of the range that went down, 0 to 100.</summary>
    public Output MinusDi { get; }

    protected override void Advance(in Bars bars, Span<double> values)
    {
        var closes = bars.Closes;
        var highs = bars.Highs[..closes.Length];
        var lows = bars.Lows[..closes.Length];
        var plusDi = PlusDi.Room;
        var minusDi = MinusDi.Room;
        var i = 0;
        for (; _seen < WarmUp && i < closes.Length; i++) (values[i], plusDi[i], minusDi[i]) = WarmUpWith(highs[i], lows[i], closes[i]);

        var (moved, range, index) = (Vector128.Create(_plus, _minus), _range, _index);
        var (lastHigh, lastLow, lastClose) = (_lastHigh, _lastLow, _lastClose);
        var (share, keep, threshold) = (_share, 1 - _share, _threshold);
        var kept = Vector128.Create(keep);
        for (; i < closes.Length; i++)
        {
            var (high, low) = (highs[i], lows[i]);
            moved = Vector128.FusedMultiplyAdd(moved, kept, Moves(high - lastHigh, lastLow - low));
            range = Math.FusedMultiplyAdd(range, keep, Price.TrueRange(high, low, lastClose));
            (lastHigh, lastLow, lastClose) = (high, low, closes[i]);

            var (plus, minus) = (moved[0], moved[1]);
            var percent = range > threshold ? 100 / range : 0;
            (plusDi[i], minusDi[i]) = (plus * percent, minus * percent);
            if ((plus + minus) * percent > threshold) index = Math.FusedMultiplyAdd(index, keep, share * 100 * Math.Abs(plus - minus) / (plus + minus));
            values[i] = index;
        }

        (_plus, _minus, _range, _index) = (moved[0], moved[1], range, index);
        (_lastHigh, _lastLow, _lastClose) = (lastHigh, lastLow, lastClose);
    }

    protected override void Visit(StateVisitor state)
    {
        state.Visit(ref _plus);
        state.Visit(ref _minus);
        state.Visit(ref _range);
        state.Visit(ref _index);
        state.Visit(ref _lastHigh);
        state.Visit(ref _lastLow);
        state.Visit(ref _lastClose);
        state.Visit(ref _seen);
    }

    private (double Index, double PlusDi, double MinusDi) WarmUpWith(double high, double low, double close)
    {
        _seen++;
        var moves = _seen == 1 ? Vector128<double>.Zero : Moves(high - _lastHigh, _lastLow - low);
        var range = _seen == 1 ? 0 : Price.TrueRange(high, low, _lastClose);
        (_lastHigh, _lastLow, _lastClose) = (high, low, close);
        var keep = _seen > Period ? 1 - (1.0 / Period) : 1;
        (_plus, _minus, _range) = ((_plus * keep) + moves[0], (_minus * keep) + moves[1], (_range * keep) + range);
        if (_seen <= Period) return (double.NaN, double.NaN, double.NaN);

        var percent = _range > _threshold ? 100 / _range : 0;
        if ((_plus + _minus) * percent > _threshold) _index += 100 * Math.Abs(_plus - _minus) / (_plus + _minus) / Period;
        return (_seen < WarmUp ? double.NaN : _index, _plus * percent, _minus * percent);
    }

    // The larger of the two moves counts, up or down, and only when it leads out of the bar before; without a jump, since no
    // processor can guess which it will be.
    private static Vector128<double> Moves(double up, double down)
    {
        var moves = Vector128.Create(up, down);
        return Vector128.MaxNative(moves, Vector128<double>.Zero) & Vector128.GreaterThan(moves, Vector128.Create(down, up));
    }
}
