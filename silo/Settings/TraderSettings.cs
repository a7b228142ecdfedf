using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using OrleansTrader.Adapters.StrategyFiles;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Valuation;

namespace OrleansTrader.Silo.Settings;

/// <summary>Every setting of the service, read and checked as a whole.</summary>
public sealed record TraderSettings(MarketSettings Market, AccountSettings Account, StateSettings State, MatchingOptions Paper, RiskLimits Risk)
{
    /// <summary>The preset of the service where none is named.</summary>
    public const RiskPreset StandardPreset = RiskPreset.Balanced;

    internal const string PaperSection = "Paper";
    internal const string RiskSection = "Risk";
    internal const string ExitSection = "Exit";

    internal const string ParametersPrefix = $"{AccountSettings.Section}:{nameof(AccountSettings.Parameters)}:";

    private static readonly string[] Sections = [MarketSettings.Section, AccountSettings.Section, StateSettings.Section, PaperSection, RiskSection, ExitSection, AllocationSettings.Section, SiloSettings.Section, AccessSettings.Section, StoreSettings.Section, BinanceSettings.Section, CandleSettings.Section, RehearsalSettings.Section];

    /// <summary>The groups of settings by their names.</summary>
    internal static IReadOnlyList<string> SectionNames => Sections;

    /// <summary>The strategies that can be chosen; the owner's are among them when one of them is.</summary>
    public StrategyLibrary Strategies { get; init; } = StrategyLibrary.BuiltIn;

    /// <summary>Where the owner's among them were found; null where nobody looked.</summary>
    internal StrategyFolder? StrategyFiles { get; init; }

    /// <summary>The strategy with its parameters, and the settings that a trade depends on as its terms.</summary>
    public StrategyChoice Strategy => ChoiceOf(Strategies.Find(Account.Strategy) ?? StrategyCatalog.Of(Account.Strategy));

    public SiloSettings Silo { get; init; } = new();

    public AllocationSettings Allocation { get; init; } = new();

    public AccessSettings Access { get; init; } = new();

    public StoreSettings Store { get; init; } = new();

    public BinanceSettings Binance { get; init; } = new();

    public CandleSettings Candles { get; init; } = new();

    public RehearsalSettings Rehearsal { get; init; } = new();

    /// <summary>Where stops and targets lie, and what else ends a trade.</summary>
    public ExitRules Exit { get; init; } = new();

    /// <summary>That strategy with the parameters that are set, where it takes them, and its terms.</summary>
    public StrategyChoice ChoiceOf(StrategyEntry entry)
    {
        var choice = new StrategyChoice(entry, entry.Read(Account.Parameters).Values);
        return choice with { Terms = string.Join(", ", [$"Account:Strategy={choice.Key}", .. TermsOf(choice.Values), .. TermsOf(PaperSection, Paper), .. TermsOf(RiskSection, Risk), .. TermsOf(ExitSection, Exit)]) };
    }

    /// <summary>What is wrong with the parameters that are set, as that strategy takes them; of the owner's also what it says to them itself.</summary>
    public IReadOnlyList<string> ProblemsWith(StrategyEntry entry)
    {
        var reading = entry.Read(Account.Parameters, ParametersPrefix);
        if (!reading.Problems.IsEmpty || entry.File.Length == 0) return reading.Problems;
        try
        {
            _ = new SymbolAnalyzer(entry.Create(reading.Values), tellsRegime: true, Market.Interval);
            return [];
        }
        catch (OperatorException failed)
        {
            return [failed.Message];
        }
    }

    /// <param name="standard">The preset where none is named: people's money has limits on, a bare strategy is measured without.</param>
    /// <exception cref="SettingsException">At least one setting is unknown or out of range; each problem is a sentence of its own.</exception>
    public static TraderSettings Read(IConfiguration configuration, RiskPreset standard = StandardPreset)
    {
        var reader = new SettingsReader(configuration);
        reader.RefuseUnknownSections(Sections);
        var settings = new TraderSettings(
            reader.Read<MarketSettings>(MarketSettings.Section),
            reader.Read<AccountSettings>(AccountSettings.Section),
            reader.Read<StateSettings>(StateSettings.Section),
            reader.Read<MatchingOptions>(PaperSection),
            reader.Read(RiskSection, RiskPresets.Of(reader.Choice<RiskPreset>(RiskSection, nameof(RiskLimits.Preset), standard))))
        {
            Silo = reader.Read<SiloSettings>(SiloSettings.Section),
            Allocation = reader.Read<AllocationSettings>(AllocationSettings.Section),
            Exit = reader.Read<ExitRules>(ExitSection),
            Access = reader.Read<AccessSettings>(AccessSettings.Section),
            Store = reader.Read<StoreSettings>(StoreSettings.Section),
            Binance = reader.Read<BinanceSettings>(BinanceSettings.Section),
            Candles = reader.Read<CandleSettings>(CandleSettings.Section),
            Rehearsal = reader.Read<RehearsalSettings>(RehearsalSettings.Section),
        };

        var files = FilesOf(settings, reader);
        // To compile takes seconds: who chose a strategy that comes with the service does not wait for it.
        settings = settings with { StrategyFiles = files, Strategies = StrategyCatalog.Contains(settings.Account.Strategy) ? StrategyLibrary.BuiltIn : files.Load() };
        CheckStrategy(settings, reader);
        if (settings.Market is { From: { } from, To: { } to } && from >= to)
            reader.Add($"Market:From ({from:O}) must lie before Market:To ({to:O}).");
        foreach (var problem in settings.Allocation.Problems()) reader.Add(problem);
        if (ValuationChoice.ProblemOf(settings.Account) is { } half) reader.Add(half);
        if (settings.Exit.Problem is { } clash) reader.Add($"{ExitSection}:{clash}");
        foreach (var problem in settings.Candles.Problems()) reader.Add(problem);
        foreach (var problem in settings.Binance.Problems()) reader.Add(problem);
        foreach (var problem in ModeRules.ProblemsOf(settings, reader.HasRefused)) reader.Add(problem);
        foreach (var problem in settings.Rehearsal.ProblemsWith(settings.Market, settings.Binance, TimeProvider.System.GetUtcNow().UtcDateTime)) reader.Add(problem);
        if (settings.Store.Problem is { } unusable) reader.Add(unusable);
        foreach (var problem in settings.Store.ProblemsWith(settings.State)) reader.Add(problem);
        foreach (var problem in GrainRuntime.ProblemsOf(settings.Silo)) reader.Add(problem);
        foreach (var problem in GrainRuntime.ProblemsOf(settings.Rehearsal)) reader.Add(problem);
        if (ServiceJournal.Is(settings.Account.Name.ToLowerInvariant())) reader.Add($"Account:Name is '{settings.Account.Name}', which is for the journal of the service itself; take another name.");
        reader.ThrowIfAny();
        return settings;
    }

    private static StrategyFolder FilesOf(TraderSettings settings, SettingsReader reader)
    {
        var folder = settings.Account.StrategyFolder;
        // A folder that somebody has named is meant.
        if (!Directory.Exists(folder) && !string.Equals(folder, new AccountSettings().StrategyFolder, StringComparison.Ordinal))
            reader.Add($"Account:StrategyFolder is '{folder}', but there is no such folder.");
        return new StrategyFolder(folder, settings.Market.Interval);
    }

    private static void CheckStrategy(TraderSettings settings, SettingsReader reader)
    {
        if (settings.Strategies.Find(settings.Account.Strategy) is { } entry)
        {
            foreach (var problem in settings.ProblemsWith(entry)) reader.Add(problem);
            return;
        }

        reader.Add($"Account:Strategy is '{settings.Account.Strategy}'; it must be one of {string.Join(", ", settings.Strategies.Names)}.");
        // One of the files that cannot be used may be the one that is meant.
        foreach (var problem in settings.Strategies.Problems) reader.Add(problem.Text);
    }

    private static IEnumerable<string> TermsOf(StrategyValues values) =>
        values.All.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{ParametersPrefix}{pair.Key}={pair.Value}"));

    private static IEnumerable<string> TermsOf<T>(string section, T group) => typeof(T)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite)
        .Select(property => string.Create(CultureInfo.InvariantCulture, $"{section}:{property.Name}={property.GetValue(group)}"));
}
