using System.Collections.Immutable;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Download;

/// <summary>What became of the download of one symbol and interval.</summary>
/// <param name="From">When the first bar opens that was wanted, UTC.</param>
/// <param name="To">When the last bar closes that was wanted and is closed by now, UTC.</param>
public sealed record DownloadReport(string Symbol, Interval Interval, DateTime From, DateTime To)
{
    /// <summary>Bars of that time that are there now.</summary>
    public int Bars { get; init; }

    /// <summary>Of these, those that were there before.</summary>
    public int Before { get; init; }

    /// <summary>Of these, those that came from the archive now.</summary>
    public int FromArchive { get; init; }

    /// <summary>Of these, those that came by REST now.</summary>
    public int FromRest { get; init; }

    /// <summary>When the first bar of that time opens that is there, UTC; null when there is none.</summary>
    public DateTime? First { get; init; }

    /// <summary>Where bars are missing; not what lies before the first bar that the exchange has at all.</summary>
    public ImmutableArray<DownloadGap> Gaps { get; init; } = [];

    /// <summary>Why it did not come to its end, in a sentence; null when it did.</summary>
    public string? Problem { get; init; }

    /// <summary>Bars that are missing.</summary>
    public long Missing => Gaps.Sum(gap => gap.Bars);

    /// <summary>True when bars are missing that there may be.</summary>
    public bool IsIncomplete => Problem is not null || Gaps.Any(gap => !gap.IsConfirmed);
}

/// <summary>Bars that are missing.</summary>
/// <param name="IsConfirmed">True when who was asked has none; false when nobody could be asked, or they may still come.</param>
public readonly record struct DownloadGap(Stretch Time, long Bars, bool IsConfirmed);
