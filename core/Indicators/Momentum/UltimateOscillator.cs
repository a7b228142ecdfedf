using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>
/// Buying pressure as a share of the true range over three periods, weighted 4, 2 and 1, 0 to 100; a period without range counts
/// as 0; NaN until the longest period and one bar were seen. Source: Williams, Stocks &amp; Commodities 3:4 (1985).
/// </summary>
public sealed class UltimateOscillator : BarIndicator
{
    private readonly Pressure _short;
    private readonly Pressure _middle;
    private readonly Pressure _long;
    private readonly double _threshold;
    private double _lastClose;

    /// <param name="shortest">Bars, 1 or more.</param>
    /// <param name="middle">Bars, not less.</param>
    /// <param name="longest">Bars, not less.</param>
    /// <param name="zero">When a range counts as none.</param>
    public UltimateOscillator(int shortest = 7, int middle = 14, int longest = 28, ZeroRule zero = ZeroRule.Exact)
        : base(longest + 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(middle, shortest);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, middle);
        (_short, _middle, _long, _threshold) = (new Pressure(shortest), new Pressure(middle), new Pressure(longest), zero.Threshold());
    }

    protected override double Next(in Candle candle)
    {
        // Closes are above zero: a last close of zero is none.
        var lastClose = _lastClose;
        _lastClose = candle.Close;
        if (!(lastClose > 0)) return double.NaN;

        var pressure = candle.Close - Math.Min(candle.Low, lastClose);
        var range = Price.TrueRange(in candle, lastClose);
        var value = (4 * _short.Next(pressure, range, _threshold)) + (2 * _middle.Next(pressure, range, _threshold)) + _long.Next(pressure, range, _threshold);
        return 100 * (value / 7);
    }

    protected override void Visit(StateVisitor state)
    {
        _short.Visit(state);
        _middle.Visit(state);
        _long.Visit(state);
        state.Visit(ref _lastClose);
    }

    private sealed class Pressure(int length)
    {
        private readonly RollingSum _pressures = new(length);
        private readonly RollingSum _ranges = new(length);

        public double Next(double pressure, double range, double threshold)
        {
            _pressures.Add(pressure);
            _ranges.Add(range);
            if (!_ranges.IsFull) return double.NaN;
            return _ranges.Sum > threshold ? _pressures.Sum / _ranges.Sum : 0;
        }

        public void Visit(StateVisitor state)
        {
            _pressures.Visit(state);
            _ranges.Visit(state);
        }
    }
}
