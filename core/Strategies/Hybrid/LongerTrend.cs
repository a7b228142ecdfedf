using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Timeframes;
using OrleansTrader.Core.Indicators.Trend;
using OrleansTrader.Core.Indicators.Volatility;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Strategies.Hybrid;

/// <summary>
/// The trend of longer bars, seen from the shorter ones: fast minus slow exponential average of the closed longer bars, in their average
/// true ranges; 0 where these do not move. It changes when a longer bar has closed, and at no other bar.
/// </summary>
public sealed class LongerTrend : BarIndicator
{
    private const int Fast = 10;
    private const int Slow = 30;
    private const int RangePeriod = 14;

    private readonly CandleAggregator _aggregator;
    private readonly Ema _fast = new(Fast);
    private readonly Ema _slow = new(Slow);
    private readonly Atr _range = new(RangePeriod);
    private double _distance;
    private int _seen;

    /// <param name="shorter">Interval of the bars that it takes.</param>
    /// <param name="count">Shorter bars in a longer one, 2 or more.</param>
    public LongerTrend(Interval shorter, int count)
        : this(new CandleAggregator(shorter, Multiple(shorter, count)))
    {
    }

    // The first bar may lie within a longer one, which is left out then.
    private LongerTrend(CandleAggregator aggregator)
        : base((int)((Slow + 1) * (aggregator.Longer.Length / aggregator.Shorter.Length))) => _aggregator = aggregator;

    protected override double Next(in Candle candle)
    {
        _aggregator.Update(in candle);
        foreach (ref readonly var longer in _aggregator.Closed)
        {
            _fast.Update(in longer);
            _slow.Update(in longer);
            _range.Update(in longer);
            _distance = _range.Value > 0 ? (_fast.Value - _slow.Value) / _range.Value : 0;
        }

        if (_seen < WarmUp) _seen++;
        return _seen < WarmUp || !_slow.IsReady ? double.NaN : _distance;
    }

    protected override void Visit(StateVisitor state)
    {
        _aggregator.VisitAll(state);
        _fast.VisitAll(state);
        _slow.VisitAll(state);
        _range.VisitAll(state);
        state.Visit(ref _distance);
        state.Visit(ref _seen);
    }

    /// <summary>So many shorter bars, or as many more as it takes: whole weeks begin on Mondays, whatever the shorter ones do.</summary>
    private static Interval Multiple(Interval shorter, int count)
    {
        while (Interval.TryFrom(shorter.Length * count, out var longer))
        {
            if (shorter.Divides(longer)) return longer;
            count++;
        }

        return shorter;
    }
}
