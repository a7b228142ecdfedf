using OrleansTrader.Core.Risk;

namespace OrleansTrader.Core.Accounts;

/// <summary>What an account remembers for its limits. Facts alone change it, but for <see cref="Peak"/>, which the marks move.</summary>
public sealed class RiskRecord
{
    /// <summary>The UTC day that the figures below are of; the default value before anything was counted.</summary>
    public DateTime Day { get; set; }

    /// <summary>The equity with which the day began, quote currency.</summary>
    public decimal DayEquity { get; set; }

    /// <summary>Entries of the day.</summary>
    public int DayEntries { get; set; }

    /// <summary>Closed trades that lost, counted back from the latest.</summary>
    public int LossStreak { get; set; }

    /// <summary>The highest equity since the limit of its drawdown was last lifted, quote currency; 0 while nobody watches.</summary>
    public double Peak { get; set; }

    /// <summary>The watched limits that were crossed and are not lifted yet.</summary>
    public LimitHits Hits { get; set; }

    /// <summary>The limit that has paused the account; none when its owner has, or when it runs.</summary>
    public RefusalCode PausedBy { get; set; }

    public bool IsKilled { get; set; }

    /// <summary>Locks by number; those that have run out go when the next one is set.</summary>
    public List<TradingLock> Locks { get; set; } = [];

    public long NextLock { get; set; } = 1;

    public RecentTrades Trades { get; set; } = new();

    /// <summary>The limits that hold, once somebody has written them down; null where they are handed in with each step, as in a backtest.</summary>
    public RiskLimits? Limits { get; set; }

    /// <summary>The limits that the settings had when they were last taken over.</summary>
    public RiskLimits? Configured { get; set; }

    /// <summary>The latest changes of limits, oldest first.</summary>
    public List<LimitsChange> Changes { get; set; } = [];

    internal RiskRecord Copy()
    {
        var copy = (RiskRecord)MemberwiseClone();
        copy.Locks = [.. Locks];
        copy.Trades = Trades.Copy();
        copy.Changes = [.. Changes];
        return copy;
    }
}
