#if !ORLEANS
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Embedded;
using Orleans.Hosting;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Cluster.Tests.Trading;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cluster.Tests.Simulation.Protocol;

/// <summary>
/// An account trades some dozens of minutes at an exchange that speaks Binance's protocol, while requests, answers and events are lost, late,
/// doubled and out of order, connections break, clocks are wrong and processes crash. In the end both must agree to the last trade.
/// </summary>
internal sealed class ProtocolScenario
{
    private const int Bars = 24;
    private const long MostSteps = 2_000_000;
    private const int MostProcesses = 8;
    private const int StepsBetweenCrashes = 2_500;

    private static readonly string[] Symbols = ["AAAUSDT", "BBBUSDT", "CCCUSDT"];
    private static readonly RiskLimits Limits = new() { MaxPositionShare = 0.4m, MaxOpenPositions = 3, MinNotional = 10 };
    private static readonly StrategyLibrary Library = new([RestlessStrategy.Entry], []);

    private readonly int _seed;
    private readonly World _world;
    private readonly Auditor _auditor;
    private readonly TapeFeed _tapes;
    private readonly SimulatedBinance _exchange;
    private readonly ThrowAwayState _memory = new();
    private readonly string _folder;
    private readonly Dictionary<string, decimal> _brought = new(StringComparer.Ordinal);
    private FileJournal? _journal;

    private ProtocolScenario(int seed, string folder)
    {
        (_seed, _folder) = (seed, folder);
        _world = new World(seed, StepsBetweenCrashes);
        _tapes = new TapeFeed(Interval.OneMinute, TapesOf(seed, _world.Simulation.Now.UtcDateTime));
        _auditor = new Auditor(_world, Limits, static (_, _, _) => []);
        _exchange = new SimulatedBinance(_world, _tapes, _auditor, seed);
    }

    /// <summary>Runs one seed.</summary>
    public static TradingScenario.Outcome Run(int seed)
    {
        var folder = Directory.CreateTempSubdirectory("simulation-").FullName;
        try
        {
            return new ProtocolScenario(seed, folder).Run();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private TradingScenario.Outcome Run()
    {
        try
        {
            _world.Simulation.Run(RunToTheEndAsync, MostSteps);
            if (_world.Violation is null) Compare();
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

        return new TradingScenario.Outcome(_seed, _world.Simulation.Steps, _world.Crashes, _world.Faults + (int)_exchange.Exchange.Floor.Faults.Count, _auditor.Facts.Count, _world.Violation, _world.Trace);
    }

    private async Task RunToTheEndAsync()
    {
        var hasEnded = false;
        for (var process = 0; !hasEnded && _world.Violation is null; process++)
        {
            if (process >= MostProcesses) CalmDown();
            var trading = TradeAsync(_world.StartProcess());
            await _world.UntilCrashAsync(trading);
            hasEnded = trading is { IsCompletedSuccessfully: true, Result: true };
            _world.Kill("the process ends");
            _exchange.Exchange.Disconnect();
            _journal!.Dispose();
        }
    }

    private void CalmDown()
    {
        if (_world.IsCalm) return;
        _world.IsCalm = true;
        _world.Say("all is calm");
        _exchange.CalmDown();
    }

    /// <returns>False when the account could not be opened, and the process has to be started again.</returns>
    private async Task<bool> TradeAsync(SimulatedProcess process)
    {
        TradingHost host;
        try
        {
            host = await TradingHost.StartAsync(new LiveTapeFeed(_tapes, _exchange.Symbols, process.Time), _memory, new MatchingOptions(), Limits, RestlessStrategy.Entry.Name, services => Simulate(services, process), library: Library);
        }
        catch (Exception error) when (error is AccountNotOpenException or TimeoutException)
        {
            _world.Say($"not open: {error.Message}");
            return false;
        }

        while (_world.Violation is null)
        {
            var outcome = await World.AskAsync(host.Strategy.StepAsync);
            if (outcome != StepOutcome.Waiting) _world.Say($"step {outcome}");
            if (outcome == StepOutcome.Ended) return await SettleAsync(host, process);
            if (outcome == StepOutcome.Done && !_world.IsCalm) Disturb();
            // As often as the service does, or more seldom than anything takes.
            if (outcome != StepOutcome.Done) await Task.Delay(_seed % 2 == 0 ? TimeSpan.FromMilliseconds(250) : TimeSpan.FromSeconds(1), process.Time);
        }

        return false;
    }

    /// <summary>Without faults, everything comes to its end within minutes.</summary>
    private async Task<bool> SettleAsync(TradingHost host, SimulatedProcess process)
    {
        CalmDown();
        for (var minutes = 0; minutes < 6; minutes++)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), process.Time);
            var view = await host.Exchange.ViewAsync();
            _world.Say($"{view}");
            if (minutes >= 3 && view is { IsSettled: true, Unanswered: 0, Queued: 0, IsReady: true })
            {
                _auditor.CheckProtection();
                return true;
            }
        }

        _world.Violate($"account and exchange do not come to rest: {(await host.Exchange.ViewAsync()).Differences}");
        return true;
    }

    /// <summary>In some seeds the owner moves money, in some the exchange pauses, in some it changes the rules of symbols.</summary>
    private void Disturb()
    {
        if (_seed % 5 == 0 && _world.Random.Next(6) == 0) BringOrTake();
        if (_seed % 7 < 3 && _world.Random.Next(5) == 0) _world.Say($"rules change: {_exchange.ChangeRules(_world.Random.Next(Symbols.Length))}");
        if (_seed % 3 != 0 || _world.Random.Next(8) != 0) return;
        var (symbol, endsOrders) = (_tapes.Symbols[_world.Random.Next(Symbols.Length)].Symbol, _world.Random.Next(2) == 0);
        _world.Say($"{symbol} pauses{(endsOrders ? ", and its orders end" : "")}");
        _exchange.Pause(symbol, endsOrders);
    }

    /// <summary>The owner brings money or coins to the exchange, or takes what is free of them.</summary>
    private void BringOrTake()
    {
        var asset = _world.Random.Next(3) == 0 ? "USDT" : _tapes.Symbols[_world.Random.Next(Symbols.Length)].BaseAsset;
        var amount = string.Equals(asset, "USDT", StringComparison.Ordinal) ? _world.Random.Next(-300, 600) : _world.Random.Next(1, 30) / 10m;
        if (_exchange.Exchange.Floor.Accounts[0].FreeOf(asset) + amount < 0) return;
        _exchange.Deposit(asset, amount);
        _brought[asset] = _brought.GetValueOrDefault(asset) + amount;
        _world.Say($"the owner brings {amount} {asset}");
    }

    private void Simulate(IServiceCollection services, SimulatedProcess process)
    {
        _journal = new FileJournal(new JournalOptions { Folder = _folder }, logger: null, _world.Disk);
        services.UseSimulation(process);
        services.AddSingleton<IJournal>(new SimulatedJournal(_world, _journal, _auditor));
        services.AddSingleton<IExchangeConnector>(_exchange);
        services.Configure<EmbeddedSerializerOptions>(options => options.CopyMessages = _seed % 16 == 0);
    }

    /// <summary>Account and exchange have the same orders, trades and balances, and nothing was taken over that nobody had brought.</summary>
    private void Compare()
    {
        foreach (var difference in _exchange.Books.DifferencesFrom(() => _auditor.Facts, _brought)) _world.Violate(difference);
        foreach (var rules in _exchange.Symbols.Except(_auditor.State.Positions.Select(position => position.Rules))) _world.Violate($"the account does not go by {rules}");
        foreach (var name in _exchange.Books.Doubles) _world.Violate($"order {name} came twice");
    }

    /// <summary>Minutes as lively as hours.</summary>
    private static List<SymbolTape> TapesOf(int seed, DateTime start)
    {
        var feed = new SyntheticFeed(5_000 + seed, Interval.OneHour, Symbols);
        var first = feed.NextAsync(DateTime.MinValue, CancellationToken.None).AsTask().Result!.Time;
        return
        [
            .. feed.Symbols.Select(rules => new SymbolTape(
                rules,
                feed.HistoryAsync(rules.Symbol, DateTime.MinValue, first.AddHours(Bars - 1), int.MaxValue, CancellationToken.None).AsTask().Result
                    .Select((bar, minute) => bar with { OpenTime = start.AddMinutes(minute) }).ToArray())),
        ];
    }
}
#endif
