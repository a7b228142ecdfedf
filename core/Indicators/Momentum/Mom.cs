using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>Momentum: the close less the one <c>period</c> bars ago, in quote currency; NaN until <c>period + 1</c> closes were seen.</summary>
/// <param name="period">Bars, 1 or more.</param>
public sealed class Mom(int period) : BarIndicator(period + 1)
{
    private readonly Window _closes = new(period);

    protected override double Next(in Candle candle) => candle.Close - _closes.Push(candle.Close);

    protected override void Visit(StateVisitor state) => _closes.Visit(state);
}
