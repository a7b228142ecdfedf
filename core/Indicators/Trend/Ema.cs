using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>
/// Exponential moving average of the close, in quote currency, with weight 2 / (period + 1), begun with the simple average of the first
/// <c>period</c> closes as TA-Lib does; NaN until then.
/// </summary>
/// <remarks>
/// What rolls is how far the close leads the average, before it moves: the next lead waits for one multiplication of this one,
/// where the average itself would wait for two. A price that stands still draws the average to itself exactly.
/// </remarks>
public sealed class Ema : Indicator
{
    private readonly double _kept;
    private double _lead;
    private double _lastClose;
    private int _seen;

    /// <param name="period">Bars, 1 or more.</param>
    public Ema(int period)
        : base(period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        Period = period;
        _kept = 1 - (2.0 / (period + 1));
    }

    public int Period { get; }

    protected override void Advance(in Bars bars, Span<double> values)
    {
        var closes = bars.Closes;
        var i = 0;
        for (; _seen < Period && i < closes.Length; i++) values[i] = WarmUpWith(closes[i]);

        var (lead, lastClose, kept) = (_lead, _lastClose, _kept);
        for (; i < closes.Length; i++)
        {
            var close = closes[i];
            lead = Math.FusedMultiplyAdd(lead, kept, close - lastClose);
            lastClose = close;
            values[i] = Math.FusedMultiplyAdd(-kept, lead, close);
        }

        (_lead, _lastClose) = (lead, lastClose);
    }

    protected override void Visit(StateVisitor state)
    {
        state.Visit(ref _lead);
        state.Visit(ref _lastClose);
        state.Visit(ref _seen);
    }

    // Until the average begins, the sum stands in the place of the lead.
    private double WarmUpWith(double close)
    {
        (_lead, _lastClose) = (_lead + close, close);
        if (++_seen < Period) return double.NaN;
        var average = _lead / Period;
        _lead = Leads.Of(close, average, _kept);
        return average;
    }
}
