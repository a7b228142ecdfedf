using System.Globalization;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Download;

/// <summary>A month or a day that a file of the archive holds.</summary>
/// <param name="From">Its first moment, UTC.</param>
internal readonly record struct ArchivePeriod(DateTime From, bool IsMonth)
{
    /// <summary>Binance writes a month once it is over, on the first Monday of the next; by then, and some more, it has its days.</summary>
    public static readonly TimeSpan DaysAreKept = TimeSpan.FromDays(62);

    private static readonly Interval OneDay = Interval.Parse("1d");

    /// <summary>When it is over, UTC.</summary>
    public DateTime To => IsMonth ? From.AddMonths(1) : From.AddDays(1);

    /// <summary>Files of single days hold bars up to that length.</summary>
    public static bool HasDays(Interval interval) => interval <= OneDay;

    /// <summary>The month in which that time lies.</summary>
    public static ArchivePeriod MonthOf(DateTime time) => new(new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc), IsMonth: true);

    /// <summary>The months that have a part in a time.</summary>
    public static IEnumerable<ArchivePeriod> MonthsOf(DateTime from, DateTime to)
    {
        for (var month = MonthOf(from); month.From < to; month = new ArchivePeriod(month.To, IsMonth: true)) yield return month;
    }

    public IEnumerable<ArchivePeriod> Days()
    {
        for (var day = From; day < To; day = day.AddDays(1)) yield return new ArchivePeriod(day, IsMonth: false);
    }

    /// <summary>The name of its file without an ending.</summary>
    public string StemOf(string symbol, Interval interval) =>
        string.Create(CultureInfo.InvariantCulture, $"{symbol}-{interval}-{(IsMonth ? From.ToString("yyyy-MM", CultureInfo.InvariantCulture) : From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))}");

    /// <summary>Below the address of the archive.</summary>
    public string PathOf(string symbol, Interval interval) =>
        $"data/spot/{(IsMonth ? "monthly" : "daily")}/klines/{symbol}/{interval}/{StemOf(symbol, interval)}.zip";
}
