using System.Reflection;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>What incoming and outgoing calls show to their filters.</summary>
internal abstract class GrainCall(InterfaceMethod method, object?[] arguments) : IInvokable
{
    public IInvokable Request => this;

    public GrainInterfaceType InterfaceType => GrainInterfaceType.Create(InterfaceName);

    public string InterfaceName => method.InterfaceName;

    public string MethodName => method.Method.Name;

    public MethodInfo InterfaceMethod => method.Method;

    public object? Result { get; set; }

    protected object?[] Arguments => arguments;

    public int GetArgumentCount() => arguments.Length;

    public object? GetArgument(int index) => arguments[index];

    public void SetArgument(int index, object? value) => arguments[index] = value;

    public string GetMethodName() => MethodName;

    public string GetInterfaceName() => InterfaceName;

    public Type GetInterfaceType() => method.Method.DeclaringType!;

    public MethodInfo GetMethod() => method.Method;

    /// <summary>The result as its type; what has none, or what a filter left empty, is the default value.</summary>
    protected TResult ResultAs<TResult>() => Result is null ? default! : (TResult)Result;
}
