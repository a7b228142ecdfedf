using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans;

/// <summary>A call on its way through the filters.</summary>
public interface IGrainCallContext
{
    IInvokable Request { get; }

    /// <summary>The grain object for an incoming call, the reference for an outgoing one.</summary>
    object Grain { get; }

    /// <summary>The grain that calls; null when the call comes from outside of grains.</summary>
    GrainId? SourceId { get; }

    GrainId TargetId { get; }

    GrainInterfaceType InterfaceType { get; }

    string InterfaceName { get; }

    string MethodName { get; }

    MethodInfo InterfaceMethod { get; }

    /// <summary>What the method returned, boxed; a filter may replace it.</summary>
    object? Result { get; set; }

    /// <summary>Goes on to the next filter or to the method itself.</summary>
    Task Invoke();
}
