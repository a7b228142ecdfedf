using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Momentum;

/// <summary>
/// Chande's momentum oscillator, -100 to 100: rises less falls of the close over their sum, 0 where it did not move; NaN until
/// <c>period + 1</c> closes were seen. Source: Chande and Kroll, The New Technical Trader (1994).
/// </summary>
/// <remarks>Rises and falls are averaged as Wilder does, as in TA-Lib, where Chande adds them up over the period.</remarks>
/// <param name="period">Bars, 1 or more.</param>
/// <param name="zero">When the average movement counts as none.</param>
public sealed class Cmo(int period, ZeroRule zero = ZeroRule.Exact) : BarIndicator(period + 1)
{
    private readonly GainsAndLosses _moves = new(period);
    private readonly double _threshold = zero.Threshold();

    protected override double Next(in Candle candle)
    {
        var (gain, loss) = _moves.Next(candle.Close);
        if (double.IsNaN(gain)) return double.NaN;
        return gain + loss > _threshold ? 100 * ((gain - loss) / (gain + loss)) : 0;
    }

    protected override void Visit(StateVisitor state) => _moves.Visit(state);
}
