using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrleansTrader.Core.Ports;

/// <summary>Says in a sentence what is wrong with JSON that somebody wrote: where, and what is allowed there.</summary>
/// <param name="place">Where it stands, such as the name of a file and its line.</param>
/// <param name="root">What the JSON was to be read into.</param>
/// <param name="word">What a name in it stands for.</param>
/// <param name="names">How members are written; null for as they are named.</param>
/// <param name="terms">How the members of enumerations are written; null for as they are named.</param>
public sealed partial class JsonFault(string place, Type root, string word, JsonNamingPolicy? names = null, JsonNamingPolicy? terms = null)
{
    /// <summary>What the reader has complained of, in a sentence without the words of the program.</summary>
    public string Sentence(JsonException wrong)
    {
        ArgumentNullException.ThrowIfNull(wrong);
        var message = wrong.Message;
        if (Unknown().Match(message) is { Success: true } unknown)
        {
            // The path ends with the name that is not known.
            var parent = wrong.Path is { } path && path.LastIndexOf('.') is > 0 and var end ? path[..end] : "$";
            return $"{place}: {unknown.Groups["name"].Value} is not a {word}; there are {MembersOf(Resolve(root, parent) ?? root)}.";
        }

        if (Missing().Match(message) is { Success: true } missing)
        {
            var left = missing.Groups["names"].Value.Replace("'", "", StringComparison.Ordinal);
            return $"{place}: {left} {(left.Contains(',', StringComparison.Ordinal) ? "are" : "is")} missing; it must be {Whole}.";
        }

        if (message.StartsWith("Duplicate propert", StringComparison.Ordinal))
        {
            // Of a list of names only the path tells which.
            var twice = Twice().Match(message) is { Success: true } named ? named.Groups["name"].Value : wrong.Path?.TrimStart('$', '.');
            return $"{place}: {twice} stands there twice; leave one of the two out.";
        }

        if (message.Contains("does not contain any JSON tokens", StringComparison.Ordinal)) return Empty;
        if (!message.Contains("could not be converted", StringComparison.Ordinal) && !message.Contains("allow null values", StringComparison.Ordinal) || wrong.Path is not { } at) return $"{place}: this is not JSON.";
        return at is "$" ? $"{place}: it must be {Whole}." : $"{place}: {at.TrimStart('$', '.')} must be {Allowed(Resolve(root, at))}.";
    }

    /// <summary>That nothing stands there.</summary>
    public string Empty => $"{place}: it is empty; it must be {Whole}.";

    private string Whole => MembersOf(root) is { Length: > 0 } members ? $"a JSON object with {members}" : "a JSON object";

    private string MembersOf(Type type) => typeof(IEnumerable).IsAssignableFrom(type)
        ? ""
        : string.Join(", ", type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(property => names?.ConvertName(property.Name) ?? property.Name));

    private string Allowed(Type? type)
    {
        var kind = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (kind is { IsEnum: true }) return $"one of {string.Join(", ", Enum.GetNames(kind).Select(term => terms?.ConvertName(term) ?? term))}";
        if (kind == typeof(bool)) return "true or false";
        if (kind == typeof(int) || kind == typeof(long)) return "a whole number";
        if (kind == typeof(double) || kind == typeof(decimal)) return "a number";
        if (kind == typeof(DateTime)) return "a UTC time such as \"2026-01-01T00:00:00Z\"";
        if (kind == typeof(TimeSpan)) return "a span of time such as \"00:02:00\"";
        if (kind == typeof(string)) return "a text";
        return typeof(IEnumerable).IsAssignableFrom(kind) && !typeof(IDictionary).IsAssignableFrom(kind) ? "a list" : "an object";
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

    [GeneratedRegex(@"missing required properties including: (?<names>('[^']*'(, )?)+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Missing();

    [GeneratedRegex("Duplicate property '(?<name>[^']*)'", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Twice();

    [GeneratedRegex(@"\.[^.\[]+|\[[^\]]+\]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Steps();
}
