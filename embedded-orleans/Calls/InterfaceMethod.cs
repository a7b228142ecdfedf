using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Runtime;

/// <summary>A method of a grain or observer interface: what its attributes say and how it is called.</summary>
internal abstract class InterfaceMethod
{
    protected InterfaceMethod(MethodInfo method, ReturnShape shape)
    {
        Method = method;
        Shape = shape;
        InterfaceName = method.DeclaringType!.FullName!;
        Parameters = method.GetParameters();
        CancellationIndex = Array.FindIndex(Parameters, parameter => parameter.ParameterType == typeof(CancellationToken));
        AlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        OneWay = shape == ReturnShape.Nothing || method.IsDefined(typeof(OneWayAttribute));
    }

    public MethodInfo Method { get; }

    public ReturnShape Shape { get; }

    public string InterfaceName { get; }

    public ParameterInfo[] Parameters { get; }

    /// <summary>Position of the cancellation token; negative when there is none.</summary>
    public int CancellationIndex { get; }

    public bool AlwaysInterleave { get; }

    public bool ReadOnly { get; }

    public bool OneWay { get; }

    /// <summary>Null for the response timeout of the silo.</summary>
    public TimeSpan? ResponseTimeout { get; }

    public static InterfaceMethod Of(MethodInfo method)
    {
        var type = method.ReturnType;
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (method.IsGenericMethod) throw new NotSupportedException($"{Describe(method)} is generic; grain methods cannot be.");
        if (type == typeof(Task)) return new InterfaceMethod<NoResult>(method, ReturnShape.Task);
        if (type == typeof(ValueTask)) return new InterfaceMethod<NoResult>(method, ReturnShape.ValueTask);
        if (definition == typeof(Task<>)) return Of(method, type, ReturnShape.Task);
        if (definition == typeof(ValueTask<>)) return Of(method, type, ReturnShape.ValueTaskOfResult);
        if (type == typeof(void) && method.DeclaringType!.IsAssignableTo(typeof(IGrainObserver)))
            return new InterfaceMethod<NoResult>(method, ReturnShape.Nothing);
        throw new NotSupportedException(
            $"{Describe(method)} returns {type.Name}; a method of a grain interface returns Task, Task<T>, ValueTask or ValueTask<T>.");
    }

    /// <summary>Sends the call and returns what the method's signature promises.</summary>
    public abstract object? Send(GrainReference reference, object?[] arguments);

    public override string ToString() => Describe(Method);

    private static InterfaceMethod Of(MethodInfo method, Type returnType, ReturnShape shape) =>
        (InterfaceMethod)Activator.CreateInstance(
            typeof(InterfaceMethod<>).MakeGenericType(returnType.GetGenericArguments()), method, shape)!;

    private static string Describe(MethodInfo method) => $"{method.DeclaringType}.{method.Name}";
}
