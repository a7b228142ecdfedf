using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Silo.Settings;

/// <summary>Every setting of the service, read and checked as a whole.</summary>
public sealed record TraderSettings(MarketSettings Market, AccountSettings Account, StateSettings State, MatchingOptions Paper, RiskLimits Risk)
{
    /// <summary>The preset of the service where none is named.</summary>
    public const RiskPreset StandardPreset = RiskPreset.Balanced;

    internal const string PaperSection = "Paper";
    internal const string RiskSection = "Risk";
    internal const string ExitSection = "Exit";

    private const string ParametersPrefix = $"{AccountSettings.Section}:{nameof(AccountSettings.Parameters)}:";

    private static readonly string[] Sections = [MarketSettings.Section, AccountSettings.Section, StateSettings.Section, PaperSection, RiskSection, ExitSection, AllocationSettings.Section, SiloSettings.Section];

    /// <summary>The settings that a trade depends on, as name=value.</summary>
    public string Terms => string.Join(", ", [$"Account:Strategy={Account.Strategy}", .. TermsOf(Strategy.Values), .. TermsOf(PaperSection, Paper), .. TermsOf(RiskSection, Risk), .. TermsOf(ExitSection, Exit)]);

    /// <summary>The strategy with its parameters.</summary>
    public StrategyChoice Strategy
    {
        get
        {
            var entry = StrategyCatalog.Of(Account.Strategy);
            return new StrategyChoice(entry, entry.Read(Account.Parameters).Values);
        }
    }

    public SiloSettings Silo { get; init; } = new();

    public AllocationSettings Allocation { get; init; } = new();

    /// <summary>Where stops and targets lie, and what else ends a trade.</summary>
    public ExitRules Exit { get; init; } = new();

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
        };

        if (!StrategyCatalog.Contains(settings.Account.Strategy))
            reader.Add($"Account:Strategy is '{settings.Account.Strategy}'; it must be one of {string.Join(", ", StrategyCatalog.Names)}.");
        else
            foreach (var problem in StrategyCatalog.Of(settings.Account.Strategy).Read(settings.Account.Parameters, ParametersPrefix).Problems) reader.Add(problem);
        if (settings.Market is { From: { } from, To: { } to } && from >= to)
            reader.Add($"Market:From ({from:O}) must lie before Market:To ({to:O}).");
        foreach (var problem in settings.Allocation.Problems()) reader.Add(problem);
        if (settings.Exit.Problem is { } clash) reader.Add($"{ExitSection}:{clash}");
        foreach (var problem in GrainRuntime.ProblemsOf(settings.Silo)) reader.Add(problem);
        reader.ThrowIfAny();
        return settings;
    }

    private static IEnumerable<string> TermsOf(StrategyValues values) =>
        values.All.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{ParametersPrefix}{pair.Key}={pair.Value}"));

    private static IEnumerable<string> TermsOf<T>(string section, T group) => typeof(T)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite)
        .Select(property => string.Create(CultureInfo.InvariantCulture, $"{section}:{property.Name}={property.GetValue(group)}"));
}
