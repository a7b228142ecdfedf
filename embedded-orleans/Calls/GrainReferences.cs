using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>Makes references and knows the methods of the interfaces they stand for.</summary>
internal sealed class GrainReferences(Silo silo)
{
    private readonly ConcurrentDictionary<MethodInfo, InterfaceMethod> _methods = new();
    private readonly ConcurrentDictionary<Type, bool> _checked = new();

    /// <summary>A reference that can be turned into one for any interface.</summary>
    public GrainReference Untyped(GrainId id) => (GrainReference)Typed(id, typeof(IAddressable));

    public object Typed(GrainId id, Type interfaceType)
    {
        _checked.GetOrAdd(interfaceType, CheckMethods);
        var reference = (GrainReference)DispatchProxy.Create(interfaceType, typeof(GrainReference));
        reference.Bind(silo, id, interfaceType);
        return reference;
    }

    public InterfaceMethod MethodOf(MethodInfo method) =>
        _methods.TryGetValue(method, out var known) ? known : _methods.GetOrAdd(method, InterfaceMethod.Of);

    /// <summary>A wrong contract fails where the reference is made, not at the first call of the wrong method.</summary>
    private bool CheckMethods(Type interfaceType)
    {
        foreach (var declaring in interfaceType.GetInterfaces().Append(interfaceType))
        {
            foreach (var method in declaring.GetMethods(BindingFlags.Public | BindingFlags.Instance)) MethodOf(method);
        }

        return true;
    }
}
