using System.Globalization;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;

namespace OrleansTrader.Silo.Settings;

/// <summary>The settings of the service as a text for the console, made from the classes that hold them.</summary>
public static class SettingsHelp
{
    /// <summary>A line for each setting: its name, what is allowed, and its default.</summary>
    public static IEnumerable<string> Lines() =>
    [
        .. LinesOf(MarketSettings.Section, new MarketSettings()),
        .. LinesOf(BinanceSettings.Section, new BinanceSettings()),
        .. LinesOf(AccountSettings.Section, new AccountSettings()),
        .. LinesOf(TraderSettings.PaperSection, new MatchingOptions()),
        .. LinesOf(TraderSettings.RiskSection, RiskPresets.Of(TraderSettings.StandardPreset)),
        .. LinesOf(TraderSettings.ExitSection, new ExitRules()),
        .. LinesOf(AllocationSettings.Section, new AllocationSettings()),
        .. LinesOf(StateSettings.Section, new StateSettings()),
        .. LinesOf(AccessSettings.Section, new AccessSettings()),
        .. LinesOf(StoreSettings.Section, new StoreSettings()),
        .. LinesOf(CandleSettings.Section, new CandleSettings()),
        .. LinesOf(RehearsalSettings.Section, new RehearsalSettings()),
    ];

    private static IEnumerable<string> LinesOfStrategies() =>
        from entry in StrategyCatalog.Entries
        from parameter in entry.Parameters
        let name = $"--{AccountSettings.Section}:{nameof(AccountSettings.Parameters)}:{parameter.Name}"
        select string.Create(CultureInfo.InvariantCulture, $"  {name,-36} of {entry.Name}, {parameter.Summary}: {parameter.Allowed}; default {parameter.Default}");

    private static IEnumerable<string> LinesOf<T>(string section, T defaults)
    {
        foreach (var property in typeof(T).GetProperties().Where(property => property.CanWrite && property.GetMethod!.IsStatic is false))
        {
            if (string.Equals(property.Name, nameof(AccountSettings.Parameters), StringComparison.Ordinal))
            {
                foreach (var line in LinesOfStrategies()) yield return line;
                continue;
            }

            if (string.Equals(property.Name, nameof(AllocationSettings.Targets), StringComparison.Ordinal))
            {
                yield return $"  {$"--{section}:{property.Name}:<symbol>",-26} a number from 0 to 1, all of them 1 at the most";
                continue;
            }

            if (string.Equals(property.Name, nameof(CandleSettings.KeepDays), StringComparison.Ordinal))
            {
                yield return $"  {$"--{section}:{property.Name}:<interval>",-26} {CandleSettings.Allowed}, also for {CandleSettings.Others}; none keeps everything";
                continue;
            }

            var value = Convert.ToString(property.GetValue(defaults), CultureInfo.InvariantCulture);
            var standard = string.IsNullOrEmpty(value) ? "" : $"; default {(property.PropertyType.IsEnum ? SettingForms.WordOf(value) : value)}";
            yield return $"  {$"--{section}:{property.Name}",-26} {SettingsReader.Allowed(property)}{standard}";
        }
    }
}
