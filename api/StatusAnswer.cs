using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces.Views;
using OrleansTrader.Silo.Entries;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Api;

/// <summary>What the service runs and how it stands.</summary>
/// <param name="Source">replay, synthetic or binance.</param>
/// <param name="Market">The market source in words.</param>
/// <param name="RunMeaning">What the account does, in a sentence or two.</param>
/// <param name="IsKilled">The kill switch is pulled: whatever the run state, everything is being sold and nothing is bought.</param>
/// <param name="StepTime">Close of the latest step, UTC; null before the first.</param>
public sealed record StatusAnswer(
    string Service,
    string Version,
    string Account,
    string Source,
    string Market,
    string Interval,
    RunState Run,
    string RunMeaning,
    StrategyView Strategy,
    ExchangeView Exchange,
    DateTime? StepTime,
    DateTimeOffset StartedAt,
    string StateFolder,
    IReadOnlyList<string> Symbols,
    bool IsKilled)
{
    /// <summary>Whose money it trades.</summary>
    public AccountMode Mode { get; init; }

    /// <summary>The exchange that market and account are at; null where the market is recorded or invented.</summary>
    public ExchangePlace? Place { get; init; }

    /// <summary>What keeps the account from opening any position now, the weightiest first; empty while nothing does.</summary>
    public IReadOnlyList<EntryObstacle> EntryObstacles { get; init; } = [];

    /// <summary>Whether it may open positions in live mode; null on paper and in a dry run.</summary>
    public ArmingStatus? Arming { get; init; }

    /// <summary>Why the account cannot do all that it should, such as a database that is away, in a sentence; null while nothing stands against it.</summary>
    public string? Obstacle { get; init; }
}
