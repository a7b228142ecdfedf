namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>Means, variances and covariance of the last pairs of values, in constant time and without drift.</summary>
/// <remarks>
/// Works in rounds as <see cref="RollingSum"/> does, on the distances from a pair within the window, so that equal values give
/// a variance of exactly 0 and a large price does not swallow a small variance.
/// </remarks>
internal sealed class RollingPair
{
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly Sums[] _later;
    private readonly double _share;
    private Sums _fresh;
    private Sums _window;
    private double _originX;
    private double _originY;
    private int _next;
    private bool _isFull;

    /// <param name="length">Pairs, 2 or more.</param>
    public RollingPair(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        (_x, _y, _later, _share) = (new double[length], new double[length], new Sums[length + 1], 1.0 / length);
    }

    public bool IsFull => _isFull;

    /// <summary>Pearson's correlation, -1 to 1; 0 where one of the two does not vary by more than the threshold; NaN until the window is full.</summary>
    /// <param name="threshold">Of the product of both sums of squares.</param>
    public double Correlation(double threshold)
    {
        if (!_isFull) return double.NaN;
        var spread = SquaresOf(_window.X, _window.XX) * SquaresOf(_window.Y, _window.YY);
        return spread > threshold ? (_window.XY - (_window.X * _window.Y * _share)) / Math.Sqrt(spread) : 0;
    }

    public void Add(double x, double y)
    {
        if (_next == 0 && !_isFull) (_originX, _originY) = (x, y);
        (_x[_next], _y[_next]) = (x, y);
        _fresh = _fresh.With(x - _originX, y - _originY);
        _window = _fresh.And(_later[++_next]);
        if (_next == _x.Length) EndRound();
    }

    public void Visit(StateVisitor state)
    {
        state.Visit(_x);
        state.Visit(_y);
        foreach (ref var sums in _later.AsSpan()) sums.Visit(state);
        _fresh.Visit(state);
        _window.Visit(state);
        state.Visit(ref _originX);
        state.Visit(ref _originY);
        state.Visit(ref _next);
        state.Visit(ref _isFull);
    }

    private void EndRound()
    {
        (_originX, _originY) = (_x[^1], _y[^1]);
        for (var i = _x.Length - 1; i >= 0; i--) _later[i] = _later[i + 1].With(_x[i] - _originX, _y[i] - _originY);
        (_window, _fresh, _next, _isFull) = (_later[0], default, 0, true);
    }

    private double SquaresOf(double sum, double squares) => Math.Max(squares - (sum * sum * _share), 0);

    private struct Sums
    {
        public double X;
        public double Y;
        public double XX;
        public double YY;
        public double XY;

        public readonly Sums With(double x, double y) =>
            new() { X = X + x, Y = Y + y, XX = XX + (x * x), YY = YY + (y * y), XY = XY + (x * y) };

        public readonly Sums And(in Sums o) =>
            new() { X = X + o.X, Y = Y + o.Y, XX = XX + o.XX, YY = YY + o.YY, XY = XY + o.XY };

        public void Visit(StateVisitor state)
        {
            state.Visit(ref X);
            state.Visit(ref Y);
            state.Visit(ref XX);
            state.Visit(ref YY);
            state.Visit(ref XY);
        }
    }
}
