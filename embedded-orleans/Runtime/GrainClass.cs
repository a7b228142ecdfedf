using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A grain class: what its attributes say and how its instances are made.</summary>
internal sealed class GrainClass
{
    private readonly ConcurrentDictionary<InterfaceMethod, MethodInfo> _implementations = new();
    private readonly Lazy<(ObjectFactory Create, PersistentStateParameter[] States)> _constructor;

    public GrainClass(Type type, TimeSpan ageLimit)
    {
        Type = type;
        GrainType = GrainType.Create(NameOf(type));
        Reentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        MaxLocalWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 0;
        FiltersItsCalls = type.IsAssignableTo(typeof(IIncomingGrainCallFilter));
        AgeLimit = ageLimit;
        _constructor = new(FindConstructor);
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

    public async Task<object> CreateInstanceAsync(Activation activation, CancellationToken cancellationToken)
    {
        var (create, parameters) = _constructor.Value;
        if (parameters.Length == 0) return create(activation.ActivationServices, []);

        var states = Array.ConvertAll(parameters, parameter => parameter.Create(activation));
        var instance = create(activation.ActivationServices, states);
        foreach (var state in states) await ((IStorageFacet)state).ReadStateAsync(cancellationToken);
        return instance;
    }

    private static string NameOf(Type type)
    {
        var name = type.Name;
        if (name.EndsWith("Grain", StringComparison.Ordinal) && name.Length > "Grain".Length) name = name[..^"Grain".Length];
        return name.ToLowerInvariant();
    }

    private (ObjectFactory Create, PersistentStateParameter[] States) FindConstructor()
    {
        var constructors = Type.GetConstructors();
        var states = constructors.Length == 1
            ? constructors[0].GetParameters().Select(PersistentStateParameter.Of).OfType<PersistentStateParameter>().ToArray()
            : [];
        return (ActivatorUtilities.CreateFactory(Type, Array.ConvertAll(states, state => state.ParameterType)), states);
    }
}
