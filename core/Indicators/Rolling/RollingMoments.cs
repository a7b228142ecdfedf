using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>Mean and variance of the last values, in constant time and without drift.</summary>
/// <remarks>
/// Works in rounds as <see cref="RollingSum"/> does, on the distances from a value within the window, so that equal values give
/// a variance of exactly 0 and a large price does not swallow a small variance.
/// </remarks>
internal sealed class RollingMoments
{
    private readonly double[] _ring;
    private readonly double[] _later;
    private readonly double[] _laterSquares;
    private readonly double _share;
    private double _fresh;
    private double _freshSquares;
    private double _origin;
    private int _next;
    private bool _isFull;
    private double _sum;
    private double _squares;

    /// <param name="length">Values, 2 or more: one value does not vary.</param>
    public RollingMoments(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        _share = 1.0 / length;
        (_ring, _later, _laterSquares) = (new double[length], new double[length + 1], new double[length + 1]);
    }

    public bool IsFull => _isFull;

    /// <summary>NaN until the window is full.</summary>
    public double Mean => _isFull ? Math.FusedMultiplyAdd(_sum, _share, _origin) : double.NaN;

    /// <summary>Of the population, 0 or more; NaN until the window is full.</summary>
    public double Variance => _isFull ? double.MaxNative(_squares - (_sum * _sum * _share), 0) * _share : double.NaN;

    /// <summary>Takes the closes of bars, and gives mean and variance after each; the same bits as one by one.</summary>
    public void Roll(ReadOnlySpan<Candle> candles, Span<double> means, Span<double> variances)
    {
        while (!candles.IsEmpty)
        {
            // As far as the end of the round, so that the loop within needs no look at it.
            var length = Math.Min(_ring.Length - _next, candles.Length);
            RollWithin(candles[..length], means[..length], variances[..length]);
            if (_next == _ring.Length) EndRound();
            (means[length - 1], variances[length - 1]) = (Mean, Variance);
            candles = candles[length..];
            means = means[length..];
            variances = variances[length..];
        }
    }

    public void Add(double value)
    {
        if (_next == 0 && !_isFull) _origin = value;
        _ring[_next++] = value;
        var distance = value - _origin;
        _fresh += distance;
        _freshSquares += distance * distance;
        _sum = _fresh + _later[_next];
        _squares = _freshSquares + _laterSquares[_next];
        if (_next == _ring.Length) EndRound();
    }

    public void Visit(StateVisitor state)
    {
        state.Visit(_ring);
        state.Visit(_later);
        state.Visit(_laterSquares);
        state.Visit(ref _fresh);
        state.Visit(ref _freshSquares);
        state.Visit(ref _origin);
        state.Visit(ref _next);
        state.Visit(ref _isFull);
        state.Visit(ref _sum);
        state.Visit(ref _squares);
    }

    private void RollWithin(ReadOnlySpan<Candle> candles, Span<double> means, Span<double> variances)
    {
        if (_next == 0 && !_isFull) _origin = candles[0].Close;
        var values = _ring.AsSpan(_next, candles.Length);
        var later = _later.AsSpan(_next + 1, candles.Length);
        var laterSquares = _laterSquares.AsSpan(_next + 1, candles.Length);
        var (fresh, freshSquares, origin) = (_fresh, _freshSquares, _origin);
        var share = _isFull ? _share : double.NaN;
        double sum = 0;
        double squares = 0;

        // Of one length, as the compiler can see.
        means = means[..candles.Length];
        variances = variances[..candles.Length];
        for (var i = 0; i < candles.Length; i++)
        {
            var close = candles[i].Close;
            var distance = close - origin;
            values[i] = close;
            fresh += distance;
            freshSquares += distance * distance;
            sum = fresh + later[i];
            squares = freshSquares + laterSquares[i];
            means[i] = Math.FusedMultiplyAdd(sum, share, origin);
            variances[i] = double.MaxNative(squares - (sum * sum * share), 0) * share;
        }

        (_fresh, _freshSquares, _sum, _squares) = (fresh, freshSquares, sum, squares);
        _next += candles.Length;
    }

    private void EndRound()
    {
        var origin = _ring[^1];
        double sum = 0;
        double squares = 0;
        for (var i = _ring.Length - 1; i >= 0; i--)
        {
            var distance = _ring[i] - origin;
            sum += distance;
            squares += distance * distance;
            (_later[i], _laterSquares[i]) = (sum, squares);
        }

        (_origin, _sum, _squares) = (origin, sum, squares);
        (_fresh, _freshSquares, _next, _isFull) = (0, 0, 0, true);
    }
}
