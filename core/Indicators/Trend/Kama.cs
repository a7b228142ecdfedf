using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>
/// Kaufman's adaptive moving average of the close, in quote currency, between the weights of a 2-bar and a 30-bar average;
/// begun with the close before its first value; NaN until <c>period + 1</c> closes were seen. Source: Kaufman, Trading Systems
/// and Methods (1998), ch. 17.
/// </summary>
/// <param name="period">Bars of the efficiency ratio, 1 or more.</param>
/// <param name="zero">When the path of the price counts as none; its efficiency is then 1.</param>
public sealed class Kama(int period, ZeroRule zero = ZeroRule.Exact) : BarIndicator(period + 1)
{
    private const double Fast = 2.0 / (2 + 1);
    private const double Slow = 2.0 / (30 + 1);
    private readonly RollingSum _path = new(period);
    private readonly Window _closes = new(period);
    private readonly double _threshold = zero.Threshold();
    private double _average;
    private double _lastClose;
    private bool _hasClose;

    protected override double Next(in Candle candle)
    {
        var close = candle.Close;
        var start = _closes.Push(close);
        if (_hasClose) _path.Add(Math.Abs(close - _lastClose));
        else _hasClose = true;
        if (_path.IsFull) _average += (close - _average) * Weight(close - start, _path.Sum);
        else _average = close;
        _lastClose = close;
        return _path.IsFull ? _average : double.NaN;
    }

    protected override void Visit(StateVisitor state)
    {
        _path.Visit(state);
        _closes.Visit(state);
        state.Visit(ref _average);
        state.Visit(ref _lastClose);
        state.Visit(ref _hasClose);
    }

    private double Weight(double way, double path)
    {
        var efficiency = path <= way || path <= _threshold ? 1 : Math.Abs(way / path);
        var root = (efficiency * (Fast - Slow)) + Slow;
        return root * root;
    }
}
