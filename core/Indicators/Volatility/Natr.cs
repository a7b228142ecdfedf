using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volatility;

/// <summary>
/// Average true range in percent of the close; NaN until <c>period + 1</c> bars were seen. Source: Forman, Stocks &amp;
/// Commodities 24:5 (2006).
/// </summary>
/// <param name="period">Bars, 1 or more.</param>
public sealed class Natr(int period) : BarIndicator(period + 1)
{
    private readonly AverageRange _range = new(period);

    protected override double Next(in Candle candle) => 100 * (_range.Next(in candle) / candle.Close);

    protected override void Visit(StateVisitor state) => _range.Visit(state);
}
