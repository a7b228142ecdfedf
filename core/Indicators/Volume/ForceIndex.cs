using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volume;

/// <summary>
/// Elder's force index: the change of the close times the volume, in quote currency, averaged exponentially; NaN until
/// <c>period + 1</c> bars were seen. Source: Elder, Trading for a Living (1993).
/// </summary>
/// <param name="period">Bars, 1 or more.</param>
public sealed class ForceIndex(int period = 13) : BarIndicator(period + 1)
{
    private readonly ExponentialAverage _force = new(period);
    private double _lastClose;

    protected override double Next(in Candle candle)
    {
        // Closes are above zero: a last close of zero is none.
        var force = _lastClose > 0 ? _force.Next((candle.Close - _lastClose) * candle.Volume) : double.NaN;
        _lastClose = candle.Close;
        return force;
    }

    protected override void Visit(StateVisitor state)
    {
        _force.Visit(state);
        state.Visit(ref _lastClose);
    }
}
