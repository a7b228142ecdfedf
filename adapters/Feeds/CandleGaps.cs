using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>Counts the bars that are missing; candles and files are to come in time order.</summary>
internal sealed class CandleGaps(Interval interval)
{
    public long Missing { get; private set; }

    public TimeSpan Longest { get; private set; }

    /// <summary>When the longest begins, UTC; null without one.</summary>
    public DateTime? From { get; private set; }

    /// <summary>Between a candle and the next one, by their open times.</summary>
    public void AddBetween(DateTime open, DateTime next)
    {
        var close = interval.CloseOf(open);
        if (next > close) Add((next - close).Ticks / interval.Length.Ticks, next - close, close);
    }

    public void AddWithin(CandleFileFacts file) => Add(file.Missing, file.LongestGap, file.GapFrom);

    private void Add(long missing, TimeSpan gap, DateTime? from)
    {
        Missing += missing;
        if (gap > Longest) (Longest, From) = (gap, from);
    }
}
