using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>Slope of the least-squares line through the last closes, in quote currency per bar; NaN until <c>period</c> closes were seen.</summary>
/// <remarks>Falls out of two averages that do not drift: the weighted mean leads the plain one by a sixth of <c>period - 1</c> slopes.</remarks>
public sealed class LinearRegressionSlope : BarIndicator
{
    private readonly RollingWeightedSum _weighted;
    private readonly RollingSum _plain;
    private readonly double _perLead;

    /// <param name="period">Bars, 2 or more.</param>
    public LinearRegressionSlope(int period)
        : base(period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 2);
        (_weighted, _plain, _perLead) = (new RollingWeightedSum(period), new RollingSum(period), 6.0 / (period - 1));
    }

    protected override double Next(in Candle candle)
    {
        _weighted.Add(candle.Close);
        _plain.Add(candle.Close);
        return _perLead * (_weighted.Mean - _plain.Mean);
    }

    protected override void Visit(StateVisitor state)
    {
        _weighted.Visit(state);
        _plain.Visit(state);
    }
}
