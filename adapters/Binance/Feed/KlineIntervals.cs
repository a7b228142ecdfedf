using System.Collections.Immutable;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Feed;

/// <summary>The lengths of bars that the exchange has, but for months, which differ in length, and three days, whose beginning it does not tell.</summary>
public static class KlineIntervals
{
    public static ImmutableArray<Interval> All { get; } =
        [.. new[] { "1s", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "1w" }.Select(Interval.Parse)];

    public static bool Has(Interval interval) => All.Contains(interval);
}
