namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>Wilder's averages of rises and of falls of the close, in quote currency, 0 or more.</summary>
internal sealed class GainsAndLosses(int period)
{
    private readonly WilderAverage _gains = new(period);
    private readonly WilderAverage _losses = new(period);
    private double _lastClose;
    private bool _hasClose;

    /// <summary>Both averages with the next close; NaN until <c>period + 1</c> closes were seen.</summary>
    public (double Gain, double Loss) Next(double close)
    {
        var (change, isFirst) = (close - _lastClose, !_hasClose);
        (_lastClose, _hasClose) = (close, true);
        return isFirst ? (double.NaN, double.NaN) : (_gains.Next(Math.Max(change, 0)), _losses.Next(Math.Max(-change, 0)));
    }

    public void Visit(StateVisitor state)
    {
        _gains.Visit(state);
        _losses.Visit(state);
        state.Visit(ref _lastClose);
        state.Visit(ref _hasClose);
    }
}
