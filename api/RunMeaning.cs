using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces.Views;
using OrleansTrader.Silo;
using OrleansTrader.Silo.Entries;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Api;

/// <summary>What an account does, in words that stand beside the buttons.</summary>
internal static class RunMeaning
{
    private const string OpenOnes = "Open positions are still left by strategy, stop or target.";

    /// <param name="obstacles">What keeps it from opening positions, whatever its run state.</param>
    public static string Of(PortfolioView account, ServiceInfo service, IReadOnlyList<EntryObstacle> obstacles)
    {
        var meaning = Of(account, service.Place, obstacles, OpenOnesOf(service, obstacles));
        return service.Mode == AccountMode.DryRun ? $"Dry run, nothing is sent. {meaning}" : meaning;
    }

    private static string Of(PortfolioView account, ExchangePlace? place, IReadOnlyList<EntryObstacle> obstacles, string openOnes) => account switch
    {
        { IsKilled: true } when openOnes is OpenOnes => "The kill switch is pulled: everything is sold at the market, and nothing is bought until it is released.",
        { IsKilled: true } => $"The kill switch is pulled, and nothing is bought until it is released. {openOnes}",
        { Run: RunState.Paused, PausedBy: var limit } when LimitBreach.IsWatched(limit) => $"Paused by its limit {limit}: opens no new positions until you start it, which lets the limit count anew. {openOnes}",
        { Run: RunState.Paused, PausedBy: not RefusalCode.None and var limit } => $"Paused by its limit {limit}, which refused an entry: opens no new positions until you start it, and pauses again when the limit refuses the next. {openOnes}",
        { Run: RunState.Paused } => $"Opens no new positions. {openOnes}",
        { Run: RunState.Running, Arming.IsArmed: false } => $"Buys nothing with {place?.Money} until you arm it. {openOnes}",
        { Run: RunState.Running } when obstacles.Count > 0 => $"Runs, but opens no new positions now. {openOnes}",
        _ => Of(account.Run),
    };

    /// <summary>What becomes of positions now.</summary>
    private static string OpenOnesOf(ServiceInfo service, IReadOnlyList<EntryObstacle> obstacles)
    {
        if (obstacles.Any(obstacle => obstacle.Kind == EntryObstacleKind.MarketHalted)) return "The exchange takes no orders now: what is held can be sold once it does again.";
        return service.Mode == AccountMode.Live && obstacles.Any(obstacle => obstacle.Kind == EntryObstacleKind.Standstill)
            ? "Nothing is sent to the exchange now: the stops and targets that rest there still work, and every other sale waits."
            : OpenOnes;
    }

    /// <summary>What each run state does.</summary>
    public static string Of(RunState run) => run switch
    {
        RunState.Running => "Trades: opens new positions and leaves them by strategy, stop or target.",
        RunState.Paused => $"Opens no new positions. {OpenOnes}",
        _ => "The strategy does nothing. Open positions stay open: only the stops and targets that rest on the exchange can still close them.",
    };
}
