using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volatility;

/// <summary>
/// Wilder's true range: how far the price moved since the last close, in quote currency; NaN for the first bar. Source: Wilder,
/// New Concepts in Technical Trading Systems (1978), section III.
/// </summary>
public sealed class TrueRange() : BarIndicator(warmUp: 2)
{
    private double _lastClose;

    protected override double Next(in Candle candle)
    {
        // Closes are above zero: a last close of zero is none.
        var range = _lastClose > 0 ? Price.TrueRange(in candle, _lastClose) : double.NaN;
        _lastClose = candle.Close;
        return range;
    }

    protected override void Visit(StateVisitor state) => state.Visit(ref _lastClose);
}
