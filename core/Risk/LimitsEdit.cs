using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace OrleansTrader.Core.Risk;

/// <summary>Limits by their names: what differs, and what becomes of them when some are set.</summary>
public static class LimitsEdit
{
    private static readonly PropertyInfo[] Settable =
        [.. typeof(RiskLimits).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)];

    /// <summary>The values that differ; all of the new ones where there are no old ones.</summary>
    /// <param name="held">What holds, where that is not <paramref name="old"/>: each value is told with what it was there.</param>
    public static ImmutableArray<LimitValue> Difference(RiskLimits? old, RiskLimits changed, RiskLimits? held = null) =>
    [
        .. from property in Settable
           let before = old is null ? null : property.GetValue(old)
           let after = property.GetValue(changed)!
           where !after.Equals(before)
           let told = held is null ? before : property.GetValue(held)
           select new LimitValue(property.Name, told is null ? null : TextOf(told), TextOf(after)),
    ];

    /// <summary>The limits with values that a journal has; a name that this version does not know is passed over.</summary>
    public static RiskLimits With(RiskLimits limits, ImmutableArray<LimitValue> values)
    {
        var changed = limits with { };
        foreach (var (name, _, text) in values)
            if (Find(name) is { } property && ValueOf(property, text) is { } value)
                property.SetValue(changed, value);
        return changed;
    }

    /// <summary>The limits that somebody asks for: a preset sets all of them anew, single values lie over it.</summary>
    /// <param name="values">Texts by name, in any case.</param>
    /// <param name="problems">A sentence for each name that is none and each value that is not allowed; then nothing is changed.</param>
    public static RiskLimits Apply(RiskLimits current, IEnumerable<KeyValuePair<string, string>> values, out ImmutableArray<string> problems)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        var read = new List<(PropertyInfo Property, object Value)>();
        var changed = current with { };
        foreach (var (name, text) in values)
        {
            if (Find(name) is not { } property) found.Add($"There is no limit '{name}'; GET /api/v1/risk lists what there is.");
            else if (ValueOf(property, text) is not { } value || !IsAllowed(property, value)) found.Add($"{property.Name} is '{text}'; it must be {Allowed(property)}.");
            else if (value is RiskPreset preset) changed = RiskPresets.Of(preset);
            else read.Add((property, value));
        }

        problems = found.ToImmutable();
        if (problems.Length > 0) return current;
        foreach (var (property, value) in read) property.SetValue(changed, value);
        return changed;
    }

    private static PropertyInfo? Find(string name) => Array.Find(Settable, property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase));

    private static bool IsAllowed(PropertyInfo property, object value) => property.GetCustomAttributes<ValidationAttribute>().All(rule => rule.IsValid(value));

    private static string Allowed(PropertyInfo property)
    {
        var type = property.PropertyType;
        if (type.IsEnum) return $"one of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}";
        if (type == typeof(bool)) return "true or false";
        var range = property.GetCustomAttribute<RangeAttribute>()!;
        return string.Create(CultureInfo.InvariantCulture, $"{(type == typeof(int) ? "a whole number" : "a number")} from {range.Minimum} to {range.Maximum}");
    }

    private static object? ValueOf(PropertyInfo property, string text)
    {
        var (type, culture) = (property.PropertyType, CultureInfo.InvariantCulture);
        if (type == typeof(bool)) return bool.TryParse(text, out var flag) ? flag : null;
        if (type == typeof(int)) return int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var whole) ? whole : null;
        if (type == typeof(decimal)) return decimal.TryParse(text, NumberStyles.Float, culture, out var number) ? number : null;
        // A number is no name, although it would be read as one.
        var name = Array.Find(Enum.GetNames(type), known => string.Equals(known, text, StringComparison.OrdinalIgnoreCase));
        return name is null ? null : Enum.Parse(type, name);
    }

    private static string TextOf(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
