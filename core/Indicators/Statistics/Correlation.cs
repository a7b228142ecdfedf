using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Statistics;

/// <summary>
/// Pearson's correlation of two prices of the last bars, -1 to 1; 0 where one of them does not vary; NaN until <c>period</c> bars
/// were seen.
/// </summary>
/// <remarks>TA-Lib adds to its sums and subtracts from them, and loses digits where the price falls far below what it once was.</remarks>
public sealed class Correlation : BarIndicator
{
    private readonly RollingPair _prices;
    private readonly CarriedPair? _carried;
    private readonly PriceField _first;
    private readonly PriceField _second;
    private readonly double _threshold;

    /// <param name="period">Bars, 2 or more.</param>
    /// <param name="first">One price.</param>
    /// <param name="second">The other one.</param>
    /// <param name="zero">When the product of both sums of squares counts as none. With TA-Lib's rule the sums are carried as TA-Lib does, its rounding included.</param>
    public Correlation(int period, PriceField first = PriceField.High, PriceField second = PriceField.Low, ZeroRule zero = ZeroRule.Exact)
        : base(period)
    {
        (_prices, _first, _second, _threshold) = (new RollingPair(period), first, second, zero.Threshold());
        if (zero == ZeroRule.TaLib) _carried = new CarriedPair(period);
    }

    protected override double Next(in Candle candle)
    {
        var (x, y) = (Price.Of(_first, in candle), Price.Of(_second, in candle));
        if (_carried is not null) return _carried.Next(x, y, _threshold);
        _prices.Add(x, y);
        return _prices.Correlation(_threshold);
    }

    protected override void Visit(StateVisitor state)
    {
        _prices.Visit(state);
        _carried?.Visit(state);
    }

    private sealed class CarriedPair(int length)
    {
        private readonly double[] _x = new double[length];
        private readonly double[] _y = new double[length];
        private double _sumX;
        private double _sumY;
        private double _sumXX;
        private double _sumYY;
        private double _sumXY;
        private int _next;
        private bool _isFull;

        public double Next(double x, double y, double threshold)
        {
            if (_isFull) Remove(_x[_next], _y[_next]);
            (_x[_next], _y[_next]) = (x, y);
            _sumX += x;
            _sumXX += x * x;
            _sumXY += x * y;
            _sumY += y;
            _sumYY += y * y;
            if (++_next == _x.Length) (_next, _isFull) = (0, true);
            if (!_isFull) return double.NaN;

            var spread = (_sumXX - (_sumX * _sumX / _x.Length)) * (_sumYY - (_sumY * _sumY / _x.Length));
            return spread < threshold ? 0 : (_sumXY - (_sumX * _sumY / _x.Length)) / Math.Sqrt(spread);
        }

        public void Visit(StateVisitor state)
        {
            state.Visit(_x);
            state.Visit(_y);
            state.Visit(ref _sumX);
            state.Visit(ref _sumY);
            state.Visit(ref _sumXX);
            state.Visit(ref _sumYY);
            state.Visit(ref _sumXY);
            state.Visit(ref _next);
            state.Visit(ref _isFull);
        }

        private void Remove(double x, double y)
        {
            _sumX -= x;
            _sumXX -= x * x;
            _sumXY -= x * y;
            _sumY -= y;
            _sumYY -= y * y;
        }
    }
}
