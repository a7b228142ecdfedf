using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>
/// A stop that trails the price at a multiple of the average true range, in quote currency, and the direction that it stands for;
/// NaN until <c>period + 1</c> bars were seen, begun as rising. Source: Seban, as commonly charted.
/// </summary>
public sealed class SuperTrend : BarIndicator
{
    private readonly AverageRange _range;
    private readonly double _factor;
    private double _upper;
    private double _lower;
    private double _lastClose;
    private double _direction;

    /// <param name="period">Bars of the average true range, 1 or more.</param>
    /// <param name="factor">Distance in average ranges, above 0.</param>
    public SuperTrend(int period = 10, double factor = 3)
        : base(period + 1, nameof(Stop))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        (_range, _factor) = (new AverageRange(period), factor);
        Direction = Adds(nameof(Direction), WarmUp);
    }

    /// <summary>Below the price while it rises, above while it falls.</summary>
    public Output Stop => Main;

    /// <summary>1 rising, -1 falling.</summary>
    public Output Direction { get; }

    protected override double Next(in Candle candle)
    {
        var distance = _factor * _range.Next(in candle);
        if (double.IsNaN(distance)) return distance;
        var (upper, lower) = (Price.Median(in candle) + distance, Price.Median(in candle) - distance);
        var isFirst = _direction == 0;

        // A band only moves towards the price until the close breaks it.
        _upper = isFirst || upper < _upper || _lastClose > _upper ? upper : _upper;
        _lower = isFirst || lower > _lower || _lastClose < _lower ? lower : _lower;
        if (isFirst) _direction = 1;
        else if (_direction > 0 && candle.Close < _lower) _direction = -1;
        else if (_direction < 0 && candle.Close > _upper) _direction = 1;
        _lastClose = candle.Close;
        Set(Direction, _direction);
        return _direction > 0 ? _lower : _upper;
    }

    protected override void Visit(StateVisitor state)
    {
        _range.Visit(state);
        state.Visit(ref _upper);
        state.Visit(ref _lower);
        state.Visit(ref _lastClose);
        state.Visit(ref _direction);
    }
}
