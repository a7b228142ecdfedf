using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Silo.Settings;

/// <summary>
/// Reads settings strictly: a name that is not known, or a value that cannot be read or is out of range, is a problem that
/// names the setting, its value and what is allowed. A typing error must never trade with a default.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    /// <summary>Sections that belong to the host.</summary>
    private static readonly string[] HostSections =
        ["Logging", "urls", "environment"];

    private const int MostSlips = 2;

    private readonly List<string> _problems = [];

    /// <summary>What somebody wrote for this service alone.</summary>
    private IEnumerable<IConfigurationProvider> Written =>
        (configuration as IConfigurationRoot)?.Providers.Where(provider => provider is JsonConfigurationProvider or CommandLineConfigurationProvider) ?? [];

    /// <summary>A problem that is known already is not said twice: one setting may come from several providers.</summary>
    public void Add(string problem)
    {
        if (!_problems.Contains(problem, StringComparer.Ordinal)) _problems.Add(problem);
    }

    /// <param name="setting">Section and name.</param>
    public bool HasRefused(string setting) => _problems.Exists(problem => problem.StartsWith($"{setting} is ", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="SettingsException">There is at least one problem.</exception>
    public void ThrowIfAny()
    {
        if (_problems.Count > 0) throw new SettingsException(string.Join(Environment.NewLine, _problems));
    }

    /// <summary>Refuses every other name in files and on the command line, and in the environment those that differ from a known one by a slip.</summary>
    public void RefuseUnknownSections(IReadOnlyList<string> known)
    {
        var sections = Written
            .SelectMany(provider => provider.GetChildKeys([], parentPath: null))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Except(known.Concat(HostSections), StringComparer.OrdinalIgnoreCase);
        foreach (var section in sections) Add($"{section} is not a setting; settings begin with {string.Join(", ", known)}, such as Market:Source.");
        foreach (var (section, meant) in Misspelt(known)) Add($"{section} in the environment is not a setting; {meant} may be meant.");
    }

    /// <summary>The environment of a process is full of names that are not ours: only what looks like one of ours is taken for a slip.</summary>
    private IEnumerable<(string Section, string Meant)> Misspelt(IReadOnlyList<string> known) =>
        from provider in (configuration as IConfigurationRoot)?.Providers ?? []
        where provider is EnvironmentVariablesConfigurationProvider
        from section in provider.GetChildKeys([], parentPath: null).Distinct(StringComparer.OrdinalIgnoreCase)
        where !known.Contains(section, StringComparer.OrdinalIgnoreCase) && provider.GetChildKeys([], section).Any()
        from meant in known
        where SpellingDistance.Between(section.ToUpperInvariant(), meant.ToUpperInvariant()) <= MostSlips
        select (section, meant);

    /// <summary>The value of one setting of a group, for what depends on it; the standard when it is missing or wrong, of which reading the group tells.</summary>
    public T Choice<T>(string section, string name, T standard)
        where T : struct, Enum =>
        configuration[$"{section}:{name}"] is { } text && TryParse(typeof(T), text, out var value) ? (T)value! : standard;

    public T Read<T>(string section)
        where T : new() => Read(section, new T());

    /// <param name="settings">What holds where nothing is set.</param>
    public T Read<T>(string section, T settings)
    {
        var properties = typeof(T).GetProperties().Where(property => property.CanWrite).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var provider in Written)
        {
            if (provider.TryGet(section, out var value) && value is not null)
                Add($"{section} is {(string.Equals(section, StoreSettings.Section, StringComparison.Ordinal) ? "set" : $"'{value}'")}, but it is a group of settings; write {string.Join(", ", properties.Values.Select(known => $"{section}:{known.Name}"))}.");
        }

        foreach (var entry in configuration.GetSection(section).GetChildren())
        {
            var name = $"{section}:{entry.Key}";
            if (!properties.TryGetValue(entry.Key, out var property))
                Add(NotASetting(section, entry.Key, [.. properties.Values.Select(known => known.Name)]));
            else if (property.PropertyType == typeof(ImmutableSortedDictionary<string, string>))
                property.SetValue(settings, ReadNamed(entry, name));
            else if (entry.Value is null || entry.GetChildren().Any())
                Add($"{name} must be a single value: {Allowed(property)}.");
            else if (!TryParse(property.PropertyType, entry.Value, out var value) || !IsInRange(property, value))
                Add($"{name} is '{entry.Value}'; it must be {Allowed(property)}.");
            else
                property.SetValue(settings, value);
        }

        return settings;
    }

    /// <summary>Names what there is; of a long list only what is nearest.</summary>
    private static string NotASetting(string section, string name, string[] known)
    {
        const int Many = 12;
        const int Near = 2;
        if (known.Length <= Many) return $"{section}:{name} is not a setting; {section} has {string.Join(", ", known)}.";
        var nearest = known.OrderBy(other => SpellingDistance.Between(name.ToUpperInvariant(), other.ToUpperInvariant())).ThenBy(other => other, StringComparer.Ordinal).Take(Near);
        return $"{section}:{name} is not a setting; nearest to it are {string.Join(" and ", nearest.Select(other => $"{section}:{other}"))}.";
    }

    private ImmutableSortedDictionary<string, string> ReadNamed(IConfigurationSection group, string name)
    {
        if (group.Value is not null) Add($"{name} is '{group.Value}', but it is a group of values; write {name}:Name=value.");
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in group.GetChildren())
        {
            if (entry.Value is null) Add($"{name}:{entry.Key} must be a single value.");
            else values[entry.Key] = entry.Value;
        }

        return values.ToImmutable();
    }

    private static bool IsInRange(PropertyInfo property, object? value) =>
        property.GetCustomAttributes<ValidationAttribute>().All(rule => rule.IsValid(value));

    private static bool TryParse(Type type, string text, out object? value)
    {
        var culture = CultureInfo.InvariantCulture;
        value = null;
        if (type == typeof(string)) value = text;
        else if (type == typeof(bool) && bool.TryParse(text, out var flag)) value = flag;
        else if (type == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var whole)) value = whole;
        else if (type == typeof(double) && double.TryParse(text, NumberStyles.Float, culture, out var number) && double.IsFinite(number)) value = number;
        else if (type == typeof(decimal) && decimal.TryParse(text, NumberStyles.Float, culture, out var money)) value = money;
        else if (type == typeof(Interval) && SettingForms.TryInterval(text, out var interval)) value = interval;
        else if (type == typeof(DateTime?) && SettingForms.TryTime(text, out var time)) value = time;
        else if (type.IsEnum && Array.Find(Enum.GetNames(type), name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase) || string.Equals(SettingForms.WordOf(name), text, StringComparison.OrdinalIgnoreCase)) is { } name) value = Enum.Parse(type, name);
        return value is not null;
    }

    public static string Allowed(PropertyInfo property)
    {
        var type = property.PropertyType;
        var kind = type switch
        {
            _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type).Select(SettingForms.WordOf))}",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) => "a whole number",
            _ when type == typeof(Interval) => SettingForms.Interval,
            _ when type == typeof(DateTime?) => SettingForms.Time,
            _ when type == typeof(string) => "a text",
            _ => "a number",
        };
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            return string.Create(CultureInfo.InvariantCulture, $"{kind} from {range.Minimum} to {range.Maximum}");
        return property.GetCustomAttribute<ValidationAttribute>()?.ErrorMessage ?? kind;
    }
}
