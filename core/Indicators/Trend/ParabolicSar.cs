using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>
/// Wilder's parabolic stop and reverse, a price in quote currency: below a rising market, above a falling one; NaN for the first
/// bar. Source: Wilder, New Concepts in Technical Trading Systems (1978), section II.
/// </summary>
/// <remarks>
/// The second bar decides the first direction, down only if its low broke further out than its high; the stop begins at
/// the extreme of the first bar, as in TA-Lib. A falling market is computed as a rising one of negative prices.
/// </remarks>
public sealed class ParabolicSar : BarIndicator
{
    private readonly double _step;
    private readonly double _limit;
    private double _stop;
    private double _extreme;
    private double _acceleration;
    private double _lastHigh;
    private double _lastLow;
    private bool _isFalling;
    private int _seen;

    /// <param name="step">Acceleration at the start and with each new extreme, above 0.</param>
    /// <param name="limit">The most that it grows to, not below <paramref name="step"/>.</param>
    public ParabolicSar(double step = 0.02, double limit = 0.2)
        : base(warmUp: 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, step);
        (_step, _limit) = (step, limit);
    }

    protected override double Next(in Candle candle)
    {
        if (_seen == 0)
        {
            (_seen, _lastHigh, _lastLow) = (1, candle.High, candle.Low);
            return double.NaN;
        }

        if (_seen == 1) Begin(in candle);
        var (ahead, behind, lastBehind) = Sides(in candle);
        if (behind <= _stop)
        {
            _isFalling = !_isFalling;
            (ahead, behind, lastBehind) = Sides(in candle);
            (_stop, _extreme, _acceleration) = (Outside(-_extreme, behind, lastBehind), ahead, _step);
        }
        else if (ahead > _extreme)
        {
            (_extreme, _acceleration) = (ahead, Math.Min(_acceleration + _step, _limit));
        }

        var value = _isFalling ? -_stop : _stop;
        _stop = Outside(_stop + (_acceleration * (_extreme - _stop)), behind, lastBehind);
        (_lastHigh, _lastLow) = (candle.High, candle.Low);
        return value;
    }

    protected override void Visit(StateVisitor state)
    {
        state.Visit(ref _stop);
        state.Visit(ref _extreme);
        state.Visit(ref _acceleration);
        state.Visit(ref _lastHigh);
        state.Visit(ref _lastLow);
        state.Visit(ref _isFalling);
        state.Visit(ref _seen);
    }

    private void Begin(in Candle candle)
    {
        var (up, down) = (candle.High - _lastHigh, _lastLow - candle.Low);
        _isFalling = down > 0 && down > up;
        _stop = _isFalling ? -_lastHigh : _lastLow;
        (_lastHigh, _lastLow) = (candle.High, candle.Low);
        (_extreme, _acceleration, _seen) = (Sides(in candle).Ahead, _step, 2);
    }

    private (double Ahead, double Behind, double LastBehind) Sides(in Candle candle) =>
        _isFalling ? (-candle.Low, -candle.High, -_lastHigh) : (candle.High, candle.Low, _lastLow);

    private static double Outside(double stop, double behind, double lastBehind) => Math.Min(stop, Math.Min(behind, lastBehind));
}
