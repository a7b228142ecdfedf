using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>Every grain class of the silo, found by identity or by the interface it implements.</summary>
internal sealed class GrainClasses
{
    private readonly Dictionary<GrainType, GrainClass> _byType = [];
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainType> _byInterface = new();

    public GrainClasses(GrainClassOptions options, GrainCollectionOptions collection)
    {
        foreach (var type in options.FindClasses())
        {
            var grainClass = new GrainClass(type, AgeLimitOf(type, collection));
            if (!_byType.TryAdd(grainClass.GrainType, grainClass))
            {
                throw new InvalidOperationException(
                    $"The grain classes {_byType[grainClass.GrainType].Type} and {type} would share the identity '{grainClass.GrainType}'; rename one of them.");
            }
        }
    }

    public GrainClass Of(GrainId id) => _byType.TryGetValue(id.Type, out var grainClass)
        ? grainClass
        : throw new ArgumentException($"No grain class has the identity '{id.Type}' that {id} asks for.", nameof(id));

    /// <summary>
    /// The type of the class that implements the interface: the one whose full name starts with the prefix or, without a
    /// prefix, the one that is named like the interface, or the only one.
    /// </summary>
    public GrainType Implementing(Type interfaceType, string? classNamePrefix) =>
        _byInterface.GetOrAdd((interfaceType, classNamePrefix), wanted => Find(wanted.Interface, wanted.Prefix));

    private static TimeSpan AgeLimitOf(Type type, GrainCollectionOptions collection)
    {
        if (type.IsDefined(typeof(KeepAliveAttribute), inherit: true)) return Timeout.InfiniteTimeSpan;
        if (collection.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var age)) return age;
        var declared = type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit ?? TimeSpan.Zero;
        return declared == TimeSpan.Zero ? collection.CollectionAge : declared;
    }

    private GrainType Find(Type interfaceType, string? prefix)
    {
        if (!interfaceType.IsInterface) throw new ArgumentException($"{interfaceType} is not an interface.", nameof(interfaceType));
        var found = _byType.Values
            .Where(candidate => candidate.Type.IsAssignableTo(interfaceType))
            .Where(candidate => prefix is null || candidate.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal))
            .ToList();
        var named = prefix is null ? found.Find(candidate => string.Equals(candidate.Type.Name, interfaceType.Name[1..], StringComparison.Ordinal)) : null;
        if (named is not null) return named.GrainType;
        return found switch
        {
            [var only] => only.GrainType,
            [] => throw new ArgumentException($"Could not find an implementation for interface {interfaceType}.", nameof(interfaceType)),
            _ => throw new ArgumentException(
                $"The interface {interfaceType} has several implementations: {string.Join(", ", found.Select(candidate => candidate.Type))}. "
                + "Pass grainClassNamePrefix to choose one.",
                nameof(interfaceType)),
        };
    }
}
