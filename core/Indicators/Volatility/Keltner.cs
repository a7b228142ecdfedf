using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volatility;

/// <summary>
/// Keltner's channel in Raschke's form, in quote currency: the exponential average of the close and a multiple of the average true
/// range above and below; the bands are NaN until the longer of both is known. Source: Connors and Raschke, Street Smarts (1995).
/// </summary>
public sealed class Keltner : BarIndicator
{
    private readonly ExponentialAverage _average;
    private readonly AverageRange _range;
    private readonly double _factor;

    /// <param name="period">Bars of the average, 1 or more.</param>
    /// <param name="range">Bars of the average true range, 1 or more.</param>
    /// <param name="factor">Average ranges from the middle to a band, above 0.</param>
    public Keltner(int period = 20, int range = 10, double factor = 2)
        : base(period, nameof(Middle))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        (_average, _range, _factor) = (new ExponentialAverage(period), new AverageRange(range), factor);
        Upper = Adds(nameof(Upper), Math.Max(period, range + 1));
        Lower = Adds(nameof(Lower), Math.Max(period, range + 1));
    }

    public Output Middle => Main;

    public Output Upper { get; }

    public Output Lower { get; }

    protected override double Next(in Candle candle)
    {
        var middle = _average.Next(candle.Close);
        var reach = _factor * _range.Next(in candle);
        Set(Upper, middle + reach);
        Set(Lower, middle - reach);
        return middle;
    }

    protected override void Visit(StateVisitor state)
    {
        _average.Visit(state);
        _range.Visit(state);
    }
}
