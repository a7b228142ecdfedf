using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A constructor parameter that asks for persistent state.</summary>
internal sealed class PersistentStateParameter(Type parameterType, PersistentStateAttribute attribute)
{
    public Type ParameterType { get; } = parameterType;

    public static PersistentStateParameter? Of(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<PersistentStateAttribute>() is { } attribute ? new(parameter.ParameterType, attribute) : null;

    public object Create(Activation activation)
    {
        if (!ParameterType.IsGenericType || ParameterType.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new InvalidOperationException(
                $"[PersistentState(\"{attribute.StateName}\")] of {activation.Class.Type} stands on {ParameterType}; it belongs on an IPersistentState<T>.");
        }

        var type = typeof(PersistentState<>).MakeGenericType(ParameterType.GetGenericArguments());
        return Activator.CreateInstance(type, attribute.StateName, activation.GrainId, StorageFor(activation))!;
    }

    private IGrainStorage StorageFor(Activation activation)
    {
        var services = activation.ActivationServices;
        var storage = attribute.StorageName is { Length: > 0 } name
            ? services.GetKeyedService<IGrainStorage>(name)
            : services.GetService<IGrainStorage>();
        return storage ?? throw new InvalidOperationException(
            $"No grain storage named '{attribute.StorageName ?? "Default"}' is registered; {activation.Class.Type} needs it for its state '{attribute.StateName}'.");
    }
}
