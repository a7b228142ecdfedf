using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrleansTrader.ExchangeSimulator;

/// <summary>Says in a sentence what is wrong with a file of settings: where, and what is allowed there.</summary>
internal static partial class JsonFault
{
    /// <param name="settings">What the file was to be read into.</param>
    public static string Sentence(string file, Type settings, JsonException wrong)
    {
        var place = wrong.LineNumber is { } line ? $"{file}, line {line + 1}" : file;
        if (Unknown().Match(wrong.Message) is { Success: true } unknown)
        {
            // The path ends with the name that is not known.
            var parent = wrong.Path is { } path && path.LastIndexOf('.') is > 0 and var end ? path[..end] : "$";
            var known = string.Join(", ", (Resolve(settings, parent) ?? settings).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(property => property.Name));
            return $"{place}: {unknown.Groups["name"].Value} is not a setting; there are {known}.";
        }

        if (!wrong.Message.Contains("could not be converted", StringComparison.Ordinal) || wrong.Path is not { } at) return $"{place}: this is not JSON.";
        return $"{place}: {at.TrimStart('$', '.')} must be {Allowed(Resolve(settings, at))}.";
    }

    private static string Allowed(Type? type)
    {
        var kind = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (kind is { IsEnum: true }) return $"one of {string.Join(", ", Enum.GetNames(kind))}";
        if (kind == typeof(bool)) return "true or false";
        if (kind == typeof(int) || kind == typeof(long)) return "a whole number";
        if (kind == typeof(double) || kind == typeof(decimal)) return "a number";
        if (kind == typeof(DateTime)) return "a UTC time such as \"2026-01-01T00:00:00Z\"";
        if (kind == typeof(TimeSpan)) return "a span of time such as \"00:02:00\"";
        return kind == typeof(string) ? "a text" : "an object or a list, as in docs/exchange-simulator.md";
    }

    /// <summary>The type of what stands at a path such as <c>$.Accounts[0].Balances.USDT</c>; null where that is unknown.</summary>
    private static Type? Resolve(Type root, string path)
    {
        Type? type = root;
        foreach (var step in Steps().EnumerateMatches(path.AsSpan(1)))
        {
            if (type is null) return null;
            var name = path.Substring(1 + step.Index, step.Length).Trim('.', '[', ']', '\'');
            type = type.IsGenericType
                ? type.GetGenericArguments()[^1]
                : Array.Find(type.GetProperties(), property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))?.PropertyType;
        }

        return type;
    }

    [GeneratedRegex(@"JSON property '(?<name>[^']*)' could not be mapped", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"\.[^.\[]+|\[[^\]]+\]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Steps();
}
