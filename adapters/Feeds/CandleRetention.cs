using System.Collections.Immutable;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>For how long candle files are kept.</summary>
public sealed record CandleRetention
{
    /// <summary>By interval, whole days.</summary>
    public ImmutableDictionary<Interval, TimeSpan> Days { get; init; } = ImmutableDictionary<Interval, TimeSpan>.Empty;

    /// <summary>Of every other interval; null keeps them for ever.</summary>
    public TimeSpan? Others { get; init; }

    public bool IsEmpty => Days.IsEmpty && Others is null;

    /// <summary>Files whose last candle closes before may go, UTC; null when none may.</summary>
    public DateTime? EndOf(Interval interval, DateTime now) => (Days.TryGetValue(interval, out var days) ? days : Others) is { } kept ? now - kept : null;
}
