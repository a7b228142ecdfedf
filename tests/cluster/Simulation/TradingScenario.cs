#if !ORLEANS
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Embedded;
using Orleans.Hosting;
using Orleans.Storage;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Paper;
using OrleansTrader.Cluster.Tests.Parity;
using OrleansTrader.Cluster.Tests.Trading;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Accounts.Allocation;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies.Exits;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cluster.Tests.Simulation;

/// <summary>
/// An account trades a short invented market to its end while processes crash, disks fail and the exchange forgets. Half of
/// the seeds leave the exchange in peace: those must do exactly the trades of a backtest.
/// </summary>
internal sealed class TradingScenario
{
    private const int Markets = 8;
    private const int Bars = 80;
    private const long MostSteps = 400_000;

    /// <summary>After so many restarts nothing goes wrong any more, or a run would never end.</summary>
    private const int MostProcesses = 8;

    /// <summary>What the owner's rebalancing aims at.</summary>
    private static readonly ImmutableSortedDictionary<string, decimal> Targets = ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal, [KeyValuePair.Create("AAAUSDT", 0.3m), KeyValuePair.Create("BBBUSDT", 0.1m)]);

    /// <summary>Of many short markets those in which most happens.</summary>
    private static readonly Lazy<ParityRun[]> Runs = new(() =>
        [.. Enumerable.Range(0, 25 * Markets).Select(seed => new ParityRun(TapesOf(seed), LimitsOf(seed), ExitsOf(seed), ParityRun.Thin with { FeeAsset = (FeeAsset)(seed % 3) })).OrderByDescending(Interest).Take(Markets)]);

    private readonly int _seed;
    private readonly World _world;
    private readonly Auditor _auditor;
    private readonly ParityRun _run;
    private readonly ThrowAwayState _memory = new();
    private readonly SimulatedExchange _exchange;
    private readonly string _folder;
    private readonly bool _isFaultyExchange;
    private FileJournal? _journal;

    private TradingScenario(int seed, string folder)
    {
        _seed = seed;
        _folder = folder;
        _world = new World(seed);
        _run = Runs.Value[seed % Markets];
        _auditor = new Auditor(_world, _run.Limits, _run.Closes);
        _isFaultyExchange = seed / Markets % 2 == 0;
        _exchange = new SimulatedExchange(_world, new PaperExchange(_run.Matching, Interval.OneHour), _auditor, _isFaultyExchange);
    }

    /// <summary>Runs one seed.</summary>
    public static Outcome Run(int seed)
    {
        var folder = Directory.CreateTempSubdirectory("simulation-").FullName;
        try
        {
            return new TradingScenario(seed, folder).Run();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Outcome Run()
    {
        try
        {
            _world.Simulation.Run(RunToTheEndAsync, MostSteps);
            if (!_isFaultyExchange) Compare();
        }
        catch (Exception error)
        {
            _world.Violate($"{error.GetType().Name}: {error.Message}");
        }
        finally
        {
            _world.Process?.Kill();
            _journal?.Dispose();
        }

        return new Outcome(_seed, _world.Simulation.Steps, _world.Crashes, _world.Faults, _auditor.Facts.Count, _world.Violation, _world.Trace);
    }

    private async Task RunToTheEndAsync()
    {
        var hasEnded = false;
        for (var process = 0; !hasEnded && _world.Violation is null; process++)
        {
            _world.IsCalm = process >= MostProcesses;
            var trading = TradeAsync(_world.StartProcess());
            await _world.UntilCrashAsync(trading);
            hasEnded = trading is { IsCompletedSuccessfully: true, Result: true };
            _world.Kill("the process ends");
            _journal!.Dispose();
        }
    }

    /// <returns>False when the account could not be opened, and the process has to be started again.</returns>
    private async Task<bool> TradeAsync(SimulatedProcess process)
    {
        TradingHost host;
        try
        {
            host = await _run.StartAsync(_memory, services => Simulate(services, process));
        }
        catch (Exception error) when (error is AccountNotOpenException or TimeoutException)
        {
            _world.Say($"not open: {error.Message}");
            return false;
        }

        while (_world.Violation is null)
        {
            // The owner's command meets the step anywhere in its course.
            var command = _isFaultyExchange && _world.Random.Next(8) == 0 ? CommandAsync(host) : null;
            var outcome = await World.AskAsync(host.Strategy.StepAsync);
            _world.Say($"step {outcome}");
            if (outcome == StepOutcome.Ended) return true;
            if (command is not null)
            {
                // What became of a command that failed shows when the account is taken from its journal, with the next step.
                if (!await command) continue;
                if (outcome == StepOutcome.Done) outcome = await World.AskAsync(host.Exchange.SettledAsync);
            }

            if (outcome == StepOutcome.Done && (await host.Exchange.ViewAsync()).Unanswered == 0) _auditor.CheckProtection();
        }

        return false;
    }

    /// <summary>The owner halts the account, lets it trade again, works on its limits or moves its money; false when nobody knows whether it did.</summary>
    private async Task<bool> CommandAsync(TradingHost host)
    {
        var (name, command) = _world.Random.Next(11) switch
        {
            0 or 1 or 2 => CommandOnLimits(host),
            3 => CommandOnFunds(host),
            4 or 5 or 6 => CommandOnCoins(host),
            _ => CommandOnRun(host),
        };
        try
        {
            for (var lags = _world.Random.Next(6); lags > 0; lags--) await _world.LagAsync();
            var outcome = await command();
            _world.Say($"command {name}: {outcome}");
            return outcome != ControlOutcome.Failed;
        }
        catch (Exception error) when (error is TimeoutException or IOException)
        {
            _world.Say($"command {name}: nobody knows");
            return false;
        }
    }

    private (string Name, Func<Task<ControlOutcome>> Command) CommandOnRun(TradingHost host)
    {
        var run = _world.IsCalm ? RunState.Running : _world.Random.Next(5) switch
        {
            0 => RunState.Stopped,
            1 => RunState.Paused,
            _ => RunState.Running,
        };
        return (run.ToString(), () => host.Portfolio.SetRunStateAsync(run));
    }

    /// <summary>Rebalances, or pays in or out; what was paid must be in the journal by then.</summary>
    private (string Name, Func<Task<ControlOutcome>> Command) CommandOnFunds(TradingHost host)
    {
        if (_world.Random.Next(2) == 0) return ("rebalance", host.Portfolio.RebalanceAsync);
        var amount = _world.Random.Next(-400, 500);
        return Paying(amount, "in quote currency", () => host.Exchange.MoveFundsAsync(amount));
    }

    /// <summary>Brings coins, or takes away some of what is owned, whosever it is.</summary>
    private (string Name, Func<Task<ControlOutcome>> Command) CommandOnCoins(TradingHost host)
    {
        var position = _auditor.State.Positions[_world.Random.Next(_auditor.State.Positions.Count)];
        // His own alone half of the time: that nobody else can sell meanwhile.
        var owned = position.External + (_world.Random.Next(2) == 0 ? position.TotalQuantity : 0);
        var isOut = owned > 0 && _world.Random.Next(3) > 0;
        var quantity = isOut ? -Math.Round(owned * _world.Random.Next(1, 101) / 100, 8, MidpointRounding.ToZero) : _world.Random.Next(1, 400) * position.Rules.StepSize;
        return Paying(quantity, position.Symbol, async () =>
        {
            var least = position.External;
            var outcome = await host.Exchange.MoveHoldingAsync(position.Symbol, quantity);
            least = Math.Min(least, position.External);
            if (outcome == FundsOutcome.NotEnough && -quantity <= least) _world.Violate($"the exchange does not have {-quantity} of {least} {position.Symbol} that the owner brought");
            return outcome;
        });
    }

    private (string Name, Func<Task<ControlOutcome>> Command) Paying(decimal amount, string what, Func<Task<FundsOutcome>> pay)
    {
        return ($"pay {amount} {what}", async () =>
        {
            var latest = _auditor.State.LastFlowId;
            var outcome = await pay();
            if (outcome == FundsOutcome.Done && _auditor.State.LastFlowId == latest) _world.Violate($"a payment of {amount} is not in the journal");
            return outcome switch
            {
                FundsOutcome.Done => ControlOutcome.Done,
                FundsOutcome.NotEnough => ControlOutcome.Unchanged,
                _ => ControlOutcome.Failed,
            };
        }
        );
    }

    /// <summary>Pulls the kill switch or releases it, or lifts what holds entries back.</summary>
    private (string Name, Func<Task<ControlOutcome>> Command) CommandOnLimits(TradingHost host) => (_world.IsCalm ? 1 : _world.Random.Next(8)) switch
    {
        0 => ("kill", () => host.Portfolio.PullKillSwitchAsync()),
        1 or 2 => ("release", () => host.Portfolio.ReleaseKillSwitchAsync()),
        3 => ("lift lock", () => host.Portfolio.LiftLockAsync(_auditor.State.Risk.NextLock - 1)),
        6 => ("cluster", () => ChangeAsync(host, nameof(RiskLimits.MaxClusterExposure))),
        7 => ("share", () => ChangeAsync(host, nameof(RiskLimits.MaxPositionShare))),
        4 => ("lift daily loss", () => host.Portfolio.LiftLimitAsync(RefusalCode.DailyLoss)),
        _ => ("lift drawdown", () => host.Portfolio.LiftLimitAsync(RefusalCode.Drawdown)),
    };

    private async Task<ControlOutcome> ChangeAsync(TradingHost host, string limit)
    {
        var value = _world.Random.Next(1, 10) / 10m;
        return (await host.Portfolio.ChangeLimitsAsync(ImmutableSortedDictionary<string, string>.Empty.Add(limit, value.ToString(CultureInfo.InvariantCulture)))).Outcome;
    }

    private void Simulate(IServiceCollection services, SimulatedProcess process)
    {
        _journal = new FileJournal(new JournalOptions { Folder = _folder }, logger: null, _world.Disk);
        services.UseSimulation(process);
        services.AddSingleton<IJournal>(new SimulatedJournal(_world, _journal, _auditor));
        services.AddSingleton<IExchangeConnector>(_exchange);
        services.AddSingleton(new AllocationTargets { Shares = Targets, Drift = 0.1m, CostShare = 0.001m });
        // Round-tripping each message takes most of the time, so not every seed does.
        services.Configure<EmbeddedSerializerOptions>(options => options.CopyMessages = _seed % 16 == 0);
        var storage = services.Last(service => service.ServiceType == typeof(IGrainStorage));
        services.AddKeyedSingleton<IGrainStorage>("accounts", (provider, key) => new SimulatedStorage(_world, (IGrainStorage)storage.KeyedImplementationFactory!(provider, key)));
    }

    private void Compare()
    {
        var expected = _run.Facts.Select(Plain).ToList();
        var actual = _auditor.Facts.Select(Plain).ToList();
        for (var i = 0; i < Math.Min(expected.Count, actual.Count); i++)
        {
            if (expected[i] == actual[i]) continue;
            _world.Violate($"fact {i + 1} is {actual[i]}, the backtest has {expected[i]}");
            return;
        }

        if (expected.Count != actual.Count) _world.Violate($"{actual.Count} facts, the backtest has {expected.Count}");
    }

    private static Fact Plain(Fact fact) => fact with { Decision = null, Market = null };

    /// <summary>Every limit and protection is on; what follows on a limit differs.</summary>
    private static RiskLimits LimitsOf(int seed) => ParityRun.Guarded((LimitReaction)(seed % 3));

    /// <summary>Every fourth leaves trades to strategy, stop and target.</summary>
    private static ExitRules ExitsOf(int seed) => seed % 4 == 0 ? new ExitRules() : ParityRun.Led(seed);

    /// <summary>Limits that are crossed, and ways in which trades end, count for more than trades.</summary>
    private static int Interest(ParityRun run) =>
        run.Facts.Count + (20 * run.Facts.Where(fact => fact.Kind == FactKind.Filled).Select(fact => fact.Exit).Distinct().Count()) + (20 * run.Facts.Where(fact => fact.Kind is FactKind.LimitHit or FactKind.LockSet).Select(fact => (fact.Breach?.Limit, fact.Lock?.Reason)).Distinct().Count());

    private static List<SymbolTape> TapesOf(int seed)
    {
        var feed = new SyntheticFeed(1_000 + seed, Interval.OneHour, ["AAAUSDT", "BBBUSDT", "CCCUSDT"]);
        var first = feed.NextAsync(DateTime.MinValue, CancellationToken.None).AsTask().Result!.Time;
        return
        [
            .. feed.Symbols.Select(rules => new SymbolTape(
                rules, feed.HistoryAsync(rules.Symbol, DateTime.MinValue, first.AddHours(Bars - 1), int.MaxValue, CancellationToken.None).AsTask().Result.ToArray())),
        ];
    }

    /// <summary>How a seed went.</summary>
    /// <param name="Violation">Null when nothing happened that must never be.</param>
    public sealed record Outcome(int Seed, long Steps, int Crashes, int Faults, int Facts, string? Violation, IReadOnlyList<string> Trace);
}
#endif
