using System.Globalization;
using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Silo.Entries;

/// <summary>Finds what keeps the account from opening any position now. What concerns one symbol alone is told by its decisions.</summary>
public sealed class EntryObstacles(IGrainFactory grains, ServiceInfo service, TimeProvider clock)
{
    private IReadOnlyList<EntryObstacle> _latest = [];

    /// <summary>As the account stands now.</summary>
    public async Task<IReadOnlyList<EntryObstacle>> FindAsync() => await FindAsync(
        await grains.GetGrain<IPortfolioGrain>(service.Account).ViewAsync(),
        await grains.GetGrain<IExchangeGrain>(service.Account).ViewAsync(),
        await grains.GetGrain<IStrategyGrain>(service.StrategyKey).ViewAsync());

    /// <returns>The same list again as long as nothing has changed, so that what bears it compares as equal.</returns>
    public async Task<IReadOnlyList<EntryObstacle>> FindAsync(PortfolioView account, ExchangeView exchange, StrategyView strategy)
    {
        var risk = await grains.GetGrain<IPortfolioGrain>(service.Account).RiskAsync();
        IReadOnlyList<EntryObstacle> found = [.. Of(account, risk, exchange, strategy)];
        return _latest.SequenceEqual(found) ? _latest : _latest = found;
    }

    /// <summary>What stands in the way, the weightiest first.</summary>
    internal IEnumerable<EntryObstacle> Of(PortfolioView account, RiskView risk, ExchangeView exchange, StrategyView strategy)
    {
        if (account.Problem is { } problem)
        {
            yield return new(EntryObstacleKind.AccountUnknown, $"The account cannot be told just now: {problem}");
            yield break;
        }

        if (account.IsKilled) yield return new(EntryObstacleKind.KillSwitch, "The kill switch stays pulled until you release it.");
        if (account.Run != RunState.Running) yield return new(EntryObstacleKind.NotRunning, StandstillOf(account));
        if (account.Arming is { IsArmed: false }) yield return new(EntryObstacleKind.NotArmed, "The account stays disarmed until you arm it by its name.");
        if (account.Obstacle is { } store) yield return new(EntryObstacleKind.StoreAway, store);
        if (exchange.Standstill.Length > 0) yield return new(EntryObstacleKind.Standstill, exchange.Standstill);
        if (!exchange.IsSettled) yield return new(EntryObstacleKind.NotSettled, exchange.Differences.Length > 0 ? $"Account and exchange have to agree first: {exchange.Differences}" : "Account and exchange are being compared, until they agree.");
        if (strategy.State.StartsWith("failing", StringComparison.Ordinal)) yield return new(EntryObstacleKind.StrategyFailing, $"The strategy is {strategy.State.TrimEnd('.')}.");
        if (strategy.State.StartsWith("ended", StringComparison.Ordinal)) yield return new(EntryObstacleKind.MarketEnded, "The market has no more bars.");
        if (exchange.IsHalted) yield return new(EntryObstacleKind.MarketHalted, service.Symbols.Count == 1 ? $"The exchange does not trade {service.Symbols[0]} now, or not for this account." : $"The exchange trades none of {string.Join(", ", service.Symbols)} now, or none for this account.");
        if (SilenceOf(account.StepTime) is { } silence) yield return new(EntryObstacleKind.MarketSilent, silence);
        // One that was crossed and has been switched off since refuses nothing.
        foreach (var limit in risk.Watched)
            if (limit is { IsHit: true, Limit: > 0 } && KindOf(limit.Code) is { } kind)
                yield return new(kind, limit.Text);
        foreach (var all in LocksOfAll(risk)) yield return new(EntryObstacleKind.Locked, all.Text);
    }

    private static string StandstillOf(PortfolioView account) => account.PausedBy == RefusalCode.None
        ? $"The account stays {account.Run.ToString().ToLowerInvariant()} until you start it."
        : $"The account stays {account.Run.ToString().ToLowerInvariant()} by its limit {account.PausedBy} until you start it.";

    private static EntryObstacleKind? KindOf(RefusalCode limit) => limit switch
    {
        RefusalCode.DailyLoss => EntryObstacleKind.DailyLoss,
        RefusalCode.Drawdown => EntryObstacleKind.Drawdown,
        RefusalCode.LossStreak => EntryObstacleKind.LossStreak,
        RefusalCode.TradesPerDay => EntryObstacleKind.TradesPerDay,
        RefusalCode.TooManyPositions => EntryObstacleKind.TooManyPositions,
        RefusalCode.TotalExposure => EntryObstacleKind.TotalExposure,
        _ => null,
    };

    /// <summary>Locks that leave no symbol to buy, alone or together.</summary>
    private IEnumerable<LockView> LocksOfAll(RiskView risk)
    {
        var whole = risk.Locks.Where(held => held.Symbol is null).ToList();
        if (whole.Count > 0) return whole;
        return service.Symbols.All(symbol => risk.Locks.Any(held => string.Equals(held.Symbol, symbol, StringComparison.Ordinal))) ? risk.Locks : [];
    }

    /// <summary>Null while bars come as they should.</summary>
    private string? SilenceOf(DateTime step)
    {
        if (service.LatestBar is not { } late) return null;
        var since = step == default ? service.StartedAt.UtcDateTime : step;
        if (clock.GetUtcNow().UtcDateTime - since <= service.Interval.Length + late) return null;
        return step == default
            ? "No bar has come since the start."
            : string.Create(CultureInfo.InvariantCulture, $"The latest bar is that of {step:yyyy-MM-dd HH:mm:ss} UTC, and newer ones have not come yet.");
    }
}
