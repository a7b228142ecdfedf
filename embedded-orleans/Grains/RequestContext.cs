using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>Named values that travel down with every call made from here; changes made by a callee never come back.</summary>
public static class RequestContext
{
    private const string ReentrancyKey = "orleans.reentrancy";

    private static readonly AsyncLocal<ImmutableDictionary<string, object>?> Values = new();

    public static IEnumerable<string> Keys => Values.Value?.Keys ?? [];

    public static IEnumerable<KeyValuePair<string, object>> Entries => Values.Value ?? ImmutableDictionary<string, object>.Empty;

    /// <summary>The chain of calls that may come back to the grains on it; empty when it may not.</summary>
    public static Guid ReentrancyId
    {
        get => ReentrancyIdIn(Values.Value);
        set
        {
            if (value == Guid.Empty) Remove(ReentrancyKey);
            else Set(ReentrancyKey, value);
        }
    }

    /// <summary>Until the section is disposed, calls made from here may call back into this grain, however many grains lie between.</summary>
    public static ReentrancySection AllowCallChainReentrancy() =>
        new(ReentrancyId, ReentrancyId == Guid.Empty ? Guid.NewGuid() : ReentrancyId);

    /// <summary>Until the section is disposed, calls made from here may not come back.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

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

    internal static Guid ReentrancyIdIn(ImmutableDictionary<string, object>? values) =>
        values?.GetValueOrDefault(ReentrancyKey) is Guid id ? id : Guid.Empty;

    internal static ImmutableDictionary<string, object>? Export() => Values.Value;

    /// <summary>Writes only on change: writing an async local allocates an execution context.</summary>
    internal static void Import(ImmutableDictionary<string, object>? values)
    {
        if (values is { IsEmpty: true }) values = null;
        if (!ReferenceEquals(Values.Value, values)) Values.Value = values;
    }

    /// <summary>A part of a method whose calls may, or may not, come back to its grain.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _outer;
        private readonly Guid _inner;

        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            (_outer, _inner) = (originalReentrancyId, newReentrancyId);
            ReentrancyId = _inner;
            if (_inner != Guid.Empty) ActivationTaskScheduler.CurrentActivation?.EnterReentrantSection(_inner);
        }

        public void Dispose()
        {
            if (_inner != Guid.Empty) ActivationTaskScheduler.CurrentActivation?.LeaveReentrantSection(_inner);
            ReentrancyId = _outer;
        }
    }
}
