using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>
/// Commodity channel index: distance of the typical price from its average in 0.015 mean deviations, mostly -100 to 100; 0 where
/// it does not vary; NaN until <c>period</c> bars were seen. Source: Lambert, Commodities (October 1980).
/// </summary>
/// <remarks>
/// The mean deviation has no form that only adds and removes a bar, so each bar looks through the window once. Where the price does
/// not vary the mean is exactly the price; TA-Lib's, which is rounded, may miss it by a last digit and then gives ±66.7.
/// </remarks>
/// <param name="period">Bars, 2 or more.</param>
public sealed class Cci(int period) : BarIndicator(period)
{
    private const double Scale = 0.015;
    private readonly Window _prices = new(period);
    private readonly RollingMoments _moments = new(period);

    protected override double Next(in Candle candle)
    {
        var price = Price.Typical(in candle);
        _prices.Push(price);
        _moments.Add(price);
        if (!_prices.IsFull) return double.NaN;
        var mean = _moments.Mean;
        var deviations = Deviations(_prices.Values, mean);
        return deviations > 0 && price != mean ? (price - mean) / (Scale * deviations / _prices.Values.Length) : 0;
    }

    protected override void Visit(StateVisitor state)
    {
        _prices.Visit(state);
        _moments.Visit(state);
    }

    private static double Deviations(ReadOnlySpan<double> prices, double mean)
    {
        double sum = 0;
        foreach (var price in prices) sum += Math.Abs(price - mean);
        return sum;
    }
}
