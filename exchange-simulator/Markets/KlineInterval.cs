using System.Collections.Frozen;

namespace OrleansTrader.ExchangeSimulator.Markets;

/// <summary>One of the lengths in which the exchange draws candles, months among them.</summary>
internal sealed class KlineInterval
{
    private static readonly FrozenDictionary<string, KlineInterval> Known = new KlineInterval[]
    {
        new("1s", TimeSpan.FromSeconds(1)), new("1m", TimeSpan.FromMinutes(1)), new("3m", TimeSpan.FromMinutes(3)),
        new("5m", TimeSpan.FromMinutes(5)), new("15m", TimeSpan.FromMinutes(15)), new("30m", TimeSpan.FromMinutes(30)),
        new("1h", TimeSpan.FromHours(1)), new("2h", TimeSpan.FromHours(2)), new("4h", TimeSpan.FromHours(4)),
        new("6h", TimeSpan.FromHours(6)), new("8h", TimeSpan.FromHours(8)), new("12h", TimeSpan.FromHours(12)),
        new("1d", TimeSpan.FromDays(1)), new("3d", TimeSpan.FromDays(3)), new("1w", TimeSpan.FromDays(7)), new("1M", TimeSpan.Zero),
    }.ToFrozenDictionary(interval => interval.Name, StringComparer.Ordinal);

    private KlineInterval(string name, TimeSpan length) => (Name, Length) = (name, length);

    public string Name { get; }

    /// <summary>Zero for a month.</summary>
    public TimeSpan Length { get; }

    private bool IsMonth => Length == TimeSpan.Zero;

    /// <summary>Null when the exchange has no candles of that length; names are case-sensitive.</summary>
    public static KlineInterval? Find(string name) => Known.GetValueOrDefault(name);

    /// <summary>When the candle opened in which a moment lies; weeks begin on Mondays.</summary>
    /// <param name="offset">Of the time zone by whose midnight the candles are cut.</param>
    public DateTime StartOf(DateTime time, TimeSpan offset)
    {
        var local = time + offset;
        if (IsMonth) return new DateTime(local.Year, local.Month, 1, 0, 0, 0, DateTimeKind.Utc) - offset;
        var origin = Length == TimeSpan.FromDays(7) ? DateTime.UnixEpoch.AddDays(4) : DateTime.UnixEpoch;
        var into = (local.Ticks - origin.Ticks) % Length.Ticks;
        return new DateTime(local.Ticks - (into < 0 ? into + Length.Ticks : into), DateTimeKind.Utc) - offset;
    }

    /// <summary>When the candle ends that opened then.</summary>
    public DateTime EndOf(DateTime start, TimeSpan offset) => IsMonth ? (start + offset).AddMonths(1) - offset : start + Length;
}
