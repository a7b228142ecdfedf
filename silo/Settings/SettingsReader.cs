using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
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
        ["Logging", "AllowedHosts", "urls", "http_ports", "https_ports", "environment", "applicationName", "contentRoot", "ConnectionStrings"];

    private readonly List<string> _problems = [];

    public void Add(string problem) => _problems.Add(problem);

    /// <exception cref="SettingsException">There is at least one problem.</exception>
    public void ThrowIfAny()
    {
        if (_problems.Count > 0) throw new SettingsException(string.Join(Environment.NewLine, _problems));
    }

    /// <summary>Looks at files and the command line only: the environment of a process is full of names that are not ours.</summary>
    public void RefuseUnknownSections(IReadOnlyList<string> known)
    {
        if (configuration is not IConfigurationRoot root) return;
        var sections = root.Providers
            .Where(provider => provider is JsonConfigurationProvider or CommandLineConfigurationProvider)
            .SelectMany(provider => provider.GetChildKeys([], parentPath: null))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Except(known.Concat(HostSections), StringComparer.OrdinalIgnoreCase);
        foreach (var section in sections) Add($"{section} is not a setting; settings begin with {string.Join(", ", known)}, such as Market:Source.");
    }

    public T Read<T>(string section)
        where T : new()
    {
        var settings = new T();
        var properties = typeof(T).GetProperties().Where(property => property.CanWrite).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var entry in configuration.GetSection(section).GetChildren())
        {
            var name = $"{section}:{entry.Key}";
            if (!properties.TryGetValue(entry.Key, out var property))
                Add($"{name} is not a setting; {section} has {string.Join(", ", properties.Values.Select(known => known.Name))}.");
            else if (entry.Value is null)
                Add($"{name} must be a single value: {Allowed(property)}.");
            else if (!TryParse(property.PropertyType, entry.Value, out var value) || !IsInRange(property, value))
                Add($"{name} is '{entry.Value}'; it must be {Allowed(property)}.");
            else
                property.SetValue(settings, value);
        }

        return settings;
    }

    private static bool IsInRange(PropertyInfo property, object? value) =>
        property.GetCustomAttributes<ValidationAttribute>().All(rule => rule.IsValid(value));

    private static bool TryParse(Type type, string text, out object? value)
    {
        var culture = CultureInfo.InvariantCulture;
        value = null;
        if (type == typeof(string)) value = text;
        else if (type == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var whole)) value = whole;
        else if (type == typeof(double) && double.TryParse(text, NumberStyles.Float, culture, out var number) && double.IsFinite(number)) value = number;
        else if (type == typeof(decimal) && decimal.TryParse(text, NumberStyles.Float, culture, out var money)) value = money;
        else if (type == typeof(Interval) && Interval.TryParse(text, out var interval)) value = interval;
        else if (type == typeof(DateTime?) && DateTime.TryParse(text, culture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)) value = time;
        else if (type.IsEnum && !char.IsDigit(text.FirstOrDefault('0')) && Enum.TryParse(type, text, ignoreCase: true, out var named)) value = named;
        return value is not null;
    }

    private static string Allowed(PropertyInfo property)
    {
        var type = property.PropertyType;
        var kind = type switch
        {
            _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}",
            _ when type == typeof(int) => "a whole number",
            _ when type == typeof(Interval) => "a whole number followed by s, m, h, d or w, such as 1m or 1h",
            _ when type == typeof(DateTime?) => "a UTC date or time, such as 2023-01-31 or 2023-01-31T12:00",
            _ when type == typeof(string) => "a text",
            _ => "a number",
        };
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            return string.Create(CultureInfo.InvariantCulture, $"{kind} from {range.Minimum} to {range.Maximum}");
        return property.GetCustomAttribute<RegularExpressionAttribute>()?.ErrorMessage ?? kind;
    }
}
