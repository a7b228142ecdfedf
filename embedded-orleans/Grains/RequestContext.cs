using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>Named values that travel down with every call made from here; changes made by a callee never come back.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<ImmutableDictionary<string, object>?> Values = new();

    public static IEnumerable<string> Keys => Values.Value?.Keys ?? [];

    public static IEnumerable<KeyValuePair<string, object>> Entries => Values.Value ?? ImmutableDictionary<string, object>.Empty;

    public static object? Get(string key) => Values.Value?.GetValueOrDefault(key);

    public static void Set(string key, object value) =>
        Values.Value = (Values.Value ?? ImmutableDictionary.Create<string, object>(StringComparer.Ordinal)).SetItem(key, value);

    public static bool Remove(string key)
    {
        var values = Values.Value;
        if (values is null || !values.ContainsKey(key)) return false;
        Import(values.Remove(key));
        return true;
    }

    public static void Clear() => Import(null);

    internal static ImmutableDictionary<string, object>? Export() => Values.Value;

    /// <summary>Writes only on change: writing an async local allocates an execution context.</summary>
    internal static void Import(ImmutableDictionary<string, object>? values)
    {
        if (values is { IsEmpty: true }) values = null;
        if (!ReferenceEquals(Values.Value, values)) Values.Value = values;
    }
}
