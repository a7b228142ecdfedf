using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>How instances of a grain class are made; compiled once a process, however many silos run in it.</summary>
internal sealed class GrainConstructor
{
    private static readonly ConcurrentDictionary<Type, GrainConstructor> Known = new();
    private readonly ObjectFactory _create;
    private readonly PersistentStateParameter[] _states;

    private GrainConstructor(Type type)
    {
        var constructors = type.GetConstructors();
        _states = constructors.Length == 1
            ? constructors[0].GetParameters().Select(PersistentStateParameter.Of).OfType<PersistentStateParameter>().ToArray()
            : [];
        _create = ActivatorUtilities.CreateFactory(type, Array.ConvertAll(_states, state => state.ParameterType));
    }

    public static GrainConstructor Of(Type type) => Known.GetOrAdd(type, static type => new(type));

    /// <summary>Makes the instance and reads its states.</summary>
    public async Task<object> CreateInstanceAsync(Activation activation, CancellationToken cancellationToken)
    {
        if (_states.Length == 0) return _create(activation.ActivationServices, []);

        var states = Array.ConvertAll(_states, state => state.Create(activation));
        var instance = _create(activation.ActivationServices, states);
        foreach (var state in states) await ((IStorageFacet)state).ReadStateAsync(cancellationToken);
        return instance;
    }
}
