using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>Rate of change: by how many percent the close lies above the one <c>period</c> bars ago; NaN until <c>period + 1</c> closes were seen.</summary>
/// <param name="period">Bars, 1 or more.</param>
public sealed class Roc(int period) : BarIndicator(period + 1)
{
    private readonly Window _closes = new(period);

    protected override double Next(in Candle candle) => ((candle.Close / _closes.Push(candle.Close)) - 1) * 100;

    protected override void Visit(StateVisitor state) => _closes.Visit(state);
}
