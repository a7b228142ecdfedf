using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Silo;

/// <summary>What this process runs, as far as it is known at the start.</summary>
public sealed record ServiceInfo
{
    public required string Account { get; init; }

    /// <summary>Whose money it trades.</summary>
    public AccountMode Mode { get; init; }

    /// <summary>The exchange whose market it is, and whose account outside of paper; null where the market is recorded or invented.</summary>
    public ExchangePlace? Place { get; init; }

    /// <summary>Whose account at the exchange it is, in words that its journal keeps; empty for paper.</summary>
    public string Holder { get; init; } = "";

    /// <summary>What an entry may cost for a day after the first arming, quote currency; 0 for no such bound. Null where nobody has to arm.</summary>
    public decimal? FirstDayOrderValue { get; init; }

    /// <summary>What its owner should know of the account at the exchange, a sentence each.</summary>
    public IReadOnlyList<string> Advice { get; init; } = [];

    /// <summary>Symbols that are no longer traded, of which the account gives everything to its owner.</summary>
    public IReadOnlyList<string> HandOver { get; init; } = [];

    /// <summary>What the account is bound to for life: on paper the market, otherwise also who holds it at the exchange.</summary>
    public string BindingTo(IMarketFeed feed) => Holder.Length == 0 ? feed.Identity : $"{feed.Identity}, {Holder}";

    /// <summary>The journal of the service itself.</summary>
    public required string Journal { get; init; }

    /// <summary>Key of the strategy grain.</summary>
    public required string StrategyKey { get; init; }

    /// <summary>Its name alone.</summary>
    public string Strategy => StrategyKey[(StrategyKey.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>In ordinal order.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>The rules of each symbol, in the same order.</summary>
    public required IReadOnlyList<SymbolRules> Rules { get; init; }

    /// <summary>replay, synthetic or binance.</summary>
    public required string Source { get; init; }

    public required IMarketFeed Feed { get; init; }

    /// <summary>The market source in words, as it is now.</summary>
    public string MarketDescription => Feed.Description;

    public required Interval Interval { get; init; }

    /// <summary>How late a bar may be, by the market's time, before it counts as missing; null where time moves with the bars.</summary>
    public TimeSpan? LatestBar { get; init; }

    /// <summary>Absolute path; empty when nothing is kept.</summary>
    public required string StateFolder { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Steps per second; 0 when somebody else drives the strategy.</summary>
    public required double Speed { get; init; }

    public required decimal Cash { get; init; }

    /// <summary>The settings that a trade depends on, as name=value; empty when nothing is kept.</summary>
    public required string Terms { get; init; }

    /// <summary>The limits of the settings; null when nothing is kept.</summary>
    public RiskLimits? Limits { get; init; }

    /// <summary>True when the positions of the strategy have no stop by design.</summary>
    public bool IsUnprotected { get; init; }

    /// <summary>Which content of the owner's file was there at the start; empty for a strategy that comes with the service.</summary>
    public string StrategyVersion { get; init; } = "";

    /// <summary>How the market source was chosen, for the console; null when it was named.</summary>
    public string? Choice { get; init; }
}
