using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>Which recorded candles a replay plays.</summary>
public sealed record ReplayOptions(string Folder, Interval Interval)
{
    /// <summary>Names such as <c>BTCUSDT</c>; none means all that the folder has at the interval.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>UTC; bars that close later than this are played. Null for all.</summary>
    public DateTime? From { get; init; }

    /// <summary>UTC; bars that close not later than this are played. Null for all.</summary>
    public DateTime? To { get; init; }

    public BadRowPolicy BadRows { get; init; }
}
