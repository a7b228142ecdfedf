using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Runtime;

/// <summary>A grain class: what its attributes say.</summary>
internal sealed class GrainClass
{
    private readonly ConcurrentDictionary<InterfaceMethod, MethodInfo> _implementations = new();

    public GrainClass(Type type, TimeSpan ageLimit)
    {
        Type = type;
        GrainType = GrainType.Create(NameOf(type));
        Reentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        MaxLocalWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 0;
        FiltersItsCalls = type.IsAssignableTo(typeof(IIncomingGrainCallFilter));
        AgeLimit = ageLimit;
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool Reentrant { get; }

    /// <summary>How many activations may share the calls of one identity; 0 when there must be one only.</summary>
    public int MaxLocalWorkers { get; }

    public bool FiltersItsCalls { get; }

    /// <summary>Idle time after which an activation is collected; infinite means never.</summary>
    public TimeSpan AgeLimit { get; }

    public MethodInfo ImplementationOf(InterfaceMethod method) => _implementations.GetOrAdd(method, static (method, type) =>
    {
        var map = type.GetInterfaceMap(method.Method.DeclaringType!);
        return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, method.Method)];
    }, Type);

    private static string NameOf(Type type)
    {
        var name = type.Name;
        if (name.EndsWith("Grain", StringComparison.Ordinal) && name.Length > "Grain".Length) name = name[..^"Grain".Length];
        return name.ToLowerInvariant();
    }
}
