using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Adapters.Binance.Limits;

/// <summary>How the limits of the exchange are shared out.</summary>
public sealed class RateLimitOptions
{
    /// <summary>
    /// The limits until the exchange has stated its own, with the first request but one: those of production in 2026. By lower ones a start would wait in silence for a minute when
    /// others, or the service before it, have used more than that just before.
    /// </summary>
    public ImmutableArray<RateLimit> Initial { get; init; } =
    [
        new(RateLimitKind.RequestWeight, TimeSpan.FromMinutes(1), 6_000),
        new(RateLimitKind.Orders, TimeSpan.FromSeconds(10), 50),
        new(RateLimitKind.Orders, TimeSpan.FromDays(1), 160_000),
        new(RateLimitKind.RawRequests, TimeSpan.FromMinutes(5), 6_100),
        new(RateLimitKind.Connections, TimeSpan.FromMinutes(5), 300),
    ];

    /// <summary>The share of each limit up to which exits may use it. Default 95 %; only the kill switch uses the rest.</summary>
    [Range(0.05, 1)] public double ExitShare { get; init; } = 0.95;

    /// <summary>The share of each limit up to which entries may use it. Default 80 %.</summary>
    [Range(0.05, 1)] public double EntryShare { get; init; } = 0.80;

    /// <summary>The share of each limit up to which data may use it. Default 60 %.</summary>
    [Range(0.05, 1)] public double DataShare { get; init; } = 0.60;

    /// <summary>For how long a request without an answer may still reach the exchange, seconds. Default 15.</summary>
    [Range(0, 600)] public int LateSeconds { get; init; } = 15;

    /// <summary>How long to be quiet after a refusal that names no time, seconds. Default 60.</summary>
    [Range(1, 3_600)] public int PauseSeconds { get; init; } = 60;

    /// <summary>How long to be quiet after a ban that names no time, seconds. Default 300; the exchange bans for 2 minutes to 3 days.</summary>
    [Range(120, 259_200)] public int BanSeconds { get; init; } = 300;

    internal double ShareOf(RequestRank rank) => rank switch
    {
        RequestRank.Kill => 1,
        RequestRank.Exit => ExitShare,
        RequestRank.Entry => EntryShare,
        _ => DataShare,
    };
}
