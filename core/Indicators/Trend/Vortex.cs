using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>
/// Rising and falling movement as shares of the true range, around 1, 0 or more; both 0 where there was no range; NaN until
/// <c>period + 1</c> bars were seen. Source: Botes and Siepman, Stocks &amp; Commodities 28:1 (2010).
/// </summary>
public sealed class Vortex : BarIndicator
{
    private readonly RollingSum _rising;
    private readonly RollingSum _falling;
    private readonly RollingSum _ranges;
    private double _lastHigh;
    private double _lastLow;
    private double _lastClose;

    /// <param name="period">Bars, 1 or more.</param>
    public Vortex(int period)
        : base(period + 1, nameof(Plus))
    {
        (_rising, _falling, _ranges) = (new RollingSum(period), new RollingSum(period), new RollingSum(period));
        Minus = Adds(nameof(Minus), WarmUp);
    }

    public Output Plus => Main;

    public Output Minus { get; }

    protected override double Next(in Candle candle)
    {
        // Closes are above zero: a last close of zero is none.
        if (_lastClose > 0)
        {
            _rising.Add(Math.Abs(candle.High - _lastLow));
            _falling.Add(Math.Abs(candle.Low - _lastHigh));
            _ranges.Add(Price.TrueRange(in candle, _lastClose));
        }

        (_lastHigh, _lastLow, _lastClose) = (candle.High, candle.Low, candle.Close);
        if (!_ranges.IsFull) return double.NaN;
        var hasRange = _ranges.Sum > 0;
        Set(Minus, hasRange ? _falling.Sum / _ranges.Sum : 0);
        return hasRange ? _rising.Sum / _ranges.Sum : 0;
    }

    protected override void Visit(StateVisitor state)
    {
        _rising.Visit(state);
        _falling.Visit(state);
        _ranges.Visit(state);
        state.Visit(ref _lastHigh);
        state.Visit(ref _lastLow);
        state.Visit(ref _lastClose);
    }
}
