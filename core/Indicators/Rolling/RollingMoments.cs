using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>Mean and variance of the last values, in constant time and without drift.</summary>
/// <remarks>
/// Works in rounds as <see cref="RollingSum"/> does, on the distances from a value within the window, so that equal values give
/// a variance of exactly 0 and a large price does not swallow a small variance. The sum of the distances and the sum of their
/// squares lie side by side and grow by one operation.
/// </remarks>
internal sealed class RollingMoments
{
    private readonly double[] _ring;
    private readonly Vector128<double>[] _later;
    private readonly double _share;
    private Vector128<double> _fresh;
    private Vector128<double> _window;
    private double _origin;
    private int _next;
    private bool _isFull;

    /// <param name="length">Values, 2 or more: one value does not vary.</param>
    public RollingMoments(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        (_ring, _later, _share) = (new double[length], new Vector128<double>[length + 1], 1.0 / length);
    }

    public bool IsFull => _isFull;

    /// <summary>The part that each value has in the mean.</summary>
    public double Share => _share;

    /// <summary>NaN until the window is full.</summary>
    public double Mean => _isFull ? Math.FusedMultiplyAdd(_window[0], _share, _origin) : double.NaN;

    /// <summary>Of the population, 0 or more; NaN until the window is full.</summary>
    public double Variance => _isFull ? double.MaxNative(_window[1] - (_window[0] * _window[0] * _share), 0) * _share : double.NaN;

    /// <summary>Takes values in a row, and gives after each the mean and both sums, of which the variance can be made; NaN until the window is full.</summary>
    public void Roll(ReadOnlySpan<double> values, Span<double> means, Span<Vector128<double>> sums)
    {
        while (!values.IsEmpty)
        {
            // As far as the end of the round, so that the loop within needs no look at it.
            var length = Math.Min(_ring.Length - _next, values.Length);
            RollWithin(values[..length], means[..length], sums[..length]);
            if (_next == _ring.Length)
            {
                EndRound();
                (means[length - 1], sums[length - 1]) = (Mean, _window);
            }

            values = values[length..];
            means = means[length..];
            sums = sums[length..];
        }
    }

    public void Add(double value)
    {
        if (_next == 0 && !_isFull) _origin = value;
        _ring[_next++] = value;
        _fresh = With(value - _origin, _fresh);
        _window = _fresh + _later[_next];
        if (_next == _ring.Length) EndRound();
    }

    public void Visit(StateVisitor state)
    {
        state.Visit(_ring);
        foreach (ref var sums in _later.AsSpan()) VisitSums(state, ref sums);
        VisitSums(state, ref _fresh);
        VisitSums(state, ref _window);
        state.Visit(ref _origin);
        state.Visit(ref _next);
        state.Visit(ref _isFull);
    }

    private static void VisitSums(StateVisitor state, ref Vector128<double> sums)
    {
        var (sum, squares) = (sums[0], sums[1]);
        state.Visit(ref sum);
        state.Visit(ref squares);
        sums = Vector128.Create(sum, squares);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> With(double distance, Vector128<double> sums)
    {
        var both = Vector128.Create(distance);
        return Vector128.FusedMultiplyAdd(both, both.WithElement(0, 1.0), sums);
    }

    private void RollWithin(ReadOnlySpan<double> values, Span<double> means, Span<Vector128<double>> sums)
    {
        if (_next == 0 && !_isFull) _origin = values[0];
        values.CopyTo(_ring.AsSpan(_next));
        var later = _later.AsSpan(_next + 1, values.Length);
        var (fresh, origin, share) = (_fresh, _origin, _share);
        var window = _window;

        // Of one length, as the compiler can see.
        means = means[..values.Length];
        sums = sums[..values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            fresh = With(values[i] - origin, fresh);
            sums[i] = window = fresh + later[i];
            means[i] = Math.FusedMultiplyAdd(window[0], share, origin);
        }

        (_fresh, _window) = (fresh, window);
        _next += values.Length;
        if (_isFull) return;
        means.Fill(double.NaN);
        sums.Fill(Vector128.Create(double.NaN));
    }

    private void EndRound()
    {
        var ring = _ring.AsSpan();
        var later = _later.AsSpan(0, ring.Length);
        var origin = ring[^1];
        var sums = Vector128<double>.Zero;
        for (var i = ring.Length - 1; (uint)i < (uint)ring.Length; i--) later[i] = sums = With(ring[i] - origin, sums);
        (_origin, _window, _fresh, _next, _isFull) = (origin, sums, Vector128<double>.Zero, 0, true);
    }
}
