using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Binance.Feed;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Paper;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Grains;
using OrleansTrader.Silo.Entries;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Settings;
using OrleansTrader.Silo.Storage;
using OrleansTrader.Silo.Valuation;

namespace OrleansTrader.Silo;

/// <summary>The composition root: binds ports to adapters and puts the grains into a host.</summary>
public static class TraderHost
{
    /// <summary>The service as it runs by itself: state in its folder, logs, the strategy driven by its timer.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    /// <exception cref="StateFolderException">The state folder cannot be written, or another process uses it.</exception>
    /// <exception cref="StoreException">PostgreSQL is set and cannot be used as it is, or it was set before.</exception>
    public static TBuilder AddTrader<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var settings = TraderSettings.Read(builder.Configuration);
        var state = new StateLayout(Path.GetFullPath(settings.State.Folder));
        // Taken at once and held: a wrong folder, or a second process on it, stops the start.
        var folder = StateFolder.Take(state.Folder);
        builder.Services.AddSingleton(folder);
        builder.AddTraderLogging(state.Logs);
        // What is in PostgreSQL is not sealed, and files from before it are not read.
        var seal = settings.Store.IsSet ? null : SealedState.Open(settings.State, state, isSaid: builder.Configuration[$"{StateSettings.Section}:{nameof(StateSettings.Encrypt)}"] is not null);
        var server = settings.Store.IsSet ? PostgresHost.Open(settings.Store, state) : null;
        var (market, valuation) = MarketChoice.Make(settings, server is null ? new FileCandleIndex(state.CandleIndex) : new PostgresCandleIndex(server));
        builder.Services.AddSingleton(new AccountValuation(market.Whole, valuation));
        string[] symbols = [.. market.Feed.Symbols.Select(rules => rules.Symbol)];
        settings.Allocation.RefuseOthersThan(symbols);
        settings.Account.RefuseToHandOver(symbols);

        var account = AccountOf(settings, market);
        // Before anything is written: what cannot be traded with leaves no trace.
        var live = LiveAccount.Connect(settings, state, market, account);
        builder.AddTraderCore(settings, market, live, account, state.Folder, server is null ? builder.AddFiles(settings.State, state, seal) : builder.AddPostgres(server, state, account, settings.Silo));
        // By way of the feed, which learns there where to log, before anybody asks it for a bar.
        builder.Services.AddSingleton(services => market with { Feed = services.GetRequiredService<IMarketFeed>() });
        builder.Services.AddSingleton(services => new ServiceJournal(services.GetRequiredService<ServiceInfo>().Journal, services.GetRequiredService<IJournal>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<ServiceJournal>>()));
        // On paper only: what trades real money changes when its owner starts it anew, and at no other time.
        if (live is null) builder.Services.AddHostedService<StrategyWatch>();
        builder.Services.AddSingleton<TradingSession>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TradingSession>());
        builder.Services.AddHostedService<ClockWatch>();
        builder.Services.AddHostedService<EntryWatch>();
        // Last: a start that fails leaves no note.
        builder.Services.AddHostedService<SettingsNote>();
        return builder;
    }

    private static StateStores AddFiles(this IHostApplicationBuilder builder, StateSettings settings, StateLayout state, StateSeal? seal)
    {
        StoreMark.RefuseFiles(state);
        builder.Services.AddSingleton<IJournal>(services => new FileJournal(
            OptionsOf(settings, state, seal), services.GetRequiredService<ILogger<FileJournal>>()));
        builder.Services.AddSingleton(services => new SnapshotFile(services.GetRequiredService<ILogger<SnapshotFile>>()));
        return new StateStores(services => new JsonGrainStorage(state.Snapshots, services.GetRequiredService<SnapshotFile>(), seal, settings.Encrypt), state.Reminders);
    }

    /// <summary>A process that shows and controls the account while its grains run in silos elsewhere, from the same settings.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static TBuilder AddTraderClient<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var settings = TraderSettings.Read(builder.Configuration);
        var state = new StateLayout(Path.GetFullPath(settings.State.Folder));
        var (market, valuation) = MarketChoice.Make(settings, index: null);
        builder.Services.AddSingleton(new AccountValuation(market.Whole, valuation));
        builder.AddTraderLogging(state.ClientLogs);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddServiceInfo(settings, market, live: null, AccountOf(settings, market), state.Folder);
        builder.AddGrainClient(settings.Silo);
        return builder;
    }

    /// <summary>A run whose state is thrown away and whose strategy the caller drives step by step.</summary>
    /// <param name="memory">What the run remembers; give the same one to a second host to see it go on.</param>
    public static TBuilder AddThrowAwayTrader<TBuilder>(this TBuilder builder, TraderSettings settings, IMarketFeed feed, ThrowAwayState memory)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddSingleton<IJournal>(memory.Journal);
        return builder.AddTraderCore(settings, new MarketChoice(feed, "replay", Note: null), live: null, "replay", stateFolder: "", new StateStores(_ => memory.Snapshots, RemindersFile: null));
    }

    private static TBuilder AddTraderCore<TBuilder>(
        this TBuilder builder,
        TraderSettings settings,
        MarketChoice market,
        LiveAccount? live,
        string account,
        string stateFolder,
        StateStores stores)
        where TBuilder : IHostApplicationBuilder
    {
        var feed = market.Feed;
        builder.Services.AddSingleton(settings.Rehearsal.Clock);
        builder.Services.AddSingleton(services =>
        {
            if (market.Whole is BinanceFeed live) live.Log = services.GetRequiredService<ILogger<BinanceFeed>>();
            return feed;
        });
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(settings.Risk);
        builder.Services.AddSingleton(new StrategyInForce(settings.Strategy with { Terms = TermsOf(settings, stateFolder) }));
        builder.Services.AddSingleton<PositionLooks>();
        builder.Services.AddSingleton(settings.Exit);
        builder.Services.AddSingleton(settings.Allocation.ToTargets(settings.Paper));
        if (live is null) builder.Services.AddSingleton<IExchangeConnector>(new PaperExchangeConnector(settings.Paper, feed.Interval));
        else builder.Services.AddSingleton<IExchangeConnector>(services => new LiveExchangeConnector(live, services.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddServiceInfo(settings, market, live, account, stateFolder);
        builder.AddGrains(stores, settings.Silo, settings.Rehearsal);
        return builder;
    }

    private static JournalOptions OptionsOf(StateSettings settings, StateLayout state, StateSeal? seal) => new()
    {
        Folder = state.Journal,
        SegmentBytes = (long)settings.SegmentMegabytes << 20,
        RetentionDays = settings.RetentionDays,
        Encrypt = settings.Encrypt,
        Seal = seal,
        Secrets = KnownSecrets.OfProcess,
    };

    private static string TermsOf(TraderSettings settings, string stateFolder) => stateFolder.Length > 0 ? settings.Strategy.Terms : "";

    private static string AccountOf(TraderSettings settings, MarketChoice market) =>
        settings.Account.Name.Length > 0 ? settings.Account.Name : settings.Account.Mode switch
        {
            AccountMode.Live => $"live-{market.Source}{settings.Binance.PlaceSuffix}",
            AccountMode.DryRun => $"dry-{market.Source}{settings.Binance.PlaceSuffix}",
            _ => $"paper-{market.Source}",
        };

    /// <summary>Twice the time for which a step waits for a bar that is late.</summary>
    private static TimeSpan LatestBarOf(TraderSettings settings) => 2 * TimeSpan.FromSeconds(settings.Binance.SettleSeconds + settings.Binance.ToFeedOptions(settings.Rehearsal).PatienceSeconds);

    private static void AddServiceInfo(this IServiceCollection services, TraderSettings settings, MarketChoice market, LiveAccount? live, string account, string stateFolder) => services
        .AddSingleton<EntryObstacles>()
        .AddSingleton(provider => new ServiceInfo
        {
            Account = account,
            // What is thrown away afterwards is on paper, whatever the settings say.
            Mode = stateFolder.Length > 0 ? settings.Account.Mode : AccountMode.Paper,
            Place = market.Place,
            Holder = live?.Holder ?? "",
            FirstDayOrderValue = live?.Mode == AccountMode.Live ? live.FirstDayOrderValue : null,
            Advice = live?.Advice ?? [],
            HandOver = settings.Account.HandOverList,
            Journal = ServiceJournal.NameOf(account, settings.Store.IsSet),
            StrategyKey = $"{account}/{settings.Account.Strategy}",
            Symbols = [.. market.Feed.Symbols.Select(rules => rules.Symbol)],
            Rules = [.. market.Feed.Symbols],
            Source = market.Source,
            Feed = market.Feed,
            Interval = market.Feed.Interval,
            LatestBar = market.Feed.IsLive ? LatestBarOf(settings) : null,
            StateFolder = stateFolder,
            StartedAt = provider.GetRequiredService<TimeProvider>().GetUtcNow(),
            Speed = settings.Market.Speed,
            Cash = live?.Cash ?? settings.Account.Cash,
            Terms = TermsOf(settings, stateFolder),
            IsUnprotected = settings.Strategy.Entry.IsUnprotected,
            StrategyVersion = settings.Strategy.Entry.Version,
            Limits = stateFolder.Length > 0 ? settings.Risk : null,
            Choice = market.Note,
        });
}
