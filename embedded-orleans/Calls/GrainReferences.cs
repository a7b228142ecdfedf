using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>Makes references and knows the methods of the interfaces they stand for.</summary>
internal sealed class GrainReferences(Silo silo)
{
    // Of the process, not of the silo: how to call a method costs a compilation, and a process may run many silos, one after the other.
    private static readonly ConcurrentDictionary<MethodInfo, InterfaceMethod> Methods = new();
    private static readonly ConcurrentDictionary<Type, bool> Checked = new();

    public static InterfaceMethod MethodOf(MethodInfo method) =>
        Methods.TryGetValue(method, out var known) ? known : Methods.GetOrAdd(method, InterfaceMethod.Of);

    /// <summary>A reference that can be turned into one for any interface.</summary>
    public GrainReference Untyped(GrainId id) => (GrainReference)Typed(id, typeof(IAddressable));

    public object Typed(GrainId id, Type interfaceType)
    {
        Checked.GetOrAdd(interfaceType, CheckMethods);
        var reference = (GrainReference)DispatchProxy.Create(interfaceType, typeof(GrainReference));
        reference.Bind(silo, id, interfaceType);
        return reference;
    }

    /// <summary>A wrong contract fails where the reference is made, not at the first call of the wrong method.</summary>
    private static bool CheckMethods(Type interfaceType)
    {
        foreach (var declaring in interfaceType.GetInterfaces().Append(interfaceType))
        {
            foreach (var method in declaring.GetMethods(BindingFlags.Public | BindingFlags.Instance)) MethodOf(method);
        }

        return true;
    }
}
