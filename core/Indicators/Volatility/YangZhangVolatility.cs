using System.Runtime.Intrinsics;
using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volatility;

/// <summary>
/// Realised volatility from gaps, bodies and ranges of the bars, as a share of the price per bar; neither drift nor gaps deceive
/// it. NaN until <c>period + 1</c> bars were seen. Source: Yang and Zhang, Journal of Business 73:3 (2000).
/// </summary>
public sealed class YangZhangVolatility : BarIndicator
{
    private readonly RollingMoments _gaps;
    private readonly RollingMoments _bodies;
    private readonly RollingSum _ranges;
    private readonly double _sample;
    private readonly double _bodyWeight;
    private double _lastClose;

    /// <param name="period">Bars, 2 or more.</param>
    public YangZhangVolatility(int period = 20)
        : base(period + 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 2);
        (_gaps, _bodies, _ranges) = (new RollingMoments(period), new RollingMoments(period), new RollingSum(period));
        _sample = period / (period - 1.0);
        _bodyWeight = 0.34 / (1.34 + ((period + 1) / (period - 1.0)));
    }

    protected override double Next(in Candle candle)
    {
        // Closes are above zero: a last close of zero is none.
        if (_lastClose > 0)
        {
            // Four logarithms at once cost little more than one.
            var logs = Vector256.Log(Vector256.Create(candle.High, candle.Low, candle.Close, _lastClose) / Vector256.Create(candle.Open));
            var (up, down, body) = (logs[0], logs[1], logs[2]);
            _gaps.Add(-logs[3]);
            _bodies.Add(body);
            _ranges.Add((up * (up - body)) + (down * (down - body)));
        }

        _lastClose = candle.Close;
        return Math.Sqrt((_sample * (_gaps.Variance + (_bodyWeight * _bodies.Variance))) + ((1 - _bodyWeight) * Math.Max(_ranges.Mean, 0)));
    }

    protected override void Visit(StateVisitor state)
    {
        _gaps.Visit(state);
        _bodies.Visit(state);
        _ranges.Visit(state);
        state.Visit(ref _lastClose);
    }
}
