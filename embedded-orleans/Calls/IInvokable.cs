using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>A call as its filters see it: the method and the arguments, which they may replace.</summary>
public interface IInvokable
{
    int GetArgumentCount();

    object? GetArgument(int index);

    void SetArgument(int index, object? value);

    string GetMethodName();

    string GetInterfaceName();

    Type GetInterfaceType();

    MethodInfo GetMethod();
}
