using System.Reflection;

namespace Orleans.Runtime;

/// <summary>A call that passes the silo's filters, then the grain's own, then reaches the method.</summary>
internal sealed class IncomingGrainCall<TResult>(
    Activation activation, InterfaceMethod<TResult> method, object?[] arguments, GrainId? source, IIncomingGrainCallFilter[] filters)
    : GrainCall(method, arguments), IIncomingGrainCallContext
{
    private int _next;

    public object Grain => activation.Instance;

    public GrainId? SourceId => source;

    public GrainId TargetId => activation.GrainId;

    public IGrainContext TargetContext => activation;

    public MethodInfo ImplementationMethod => activation.Class.ImplementationOf(method);

    public static async ValueTask<TResult> InvokeAsync(
        Activation activation, InterfaceMethod<TResult> method, object?[] arguments, GrainId? source, IIncomingGrainCallFilter[] filters)
    {
        var call = new IncomingGrainCall<TResult>(activation, method, arguments, source, filters);
        await call.Invoke();
        return call.ResultAs<TResult>();
    }

    public async Task Invoke()
    {
        var step = _next++;
        try
        {
            if (step < filters.Length) await filters[step].Invoke(this);
            else if (step == filters.Length && activation.Instance is IIncomingGrainCallFilter own) await own.Invoke(this);
            else Result = Boxed(await method.InvokeAsync(activation.Instance, Arguments));
        }
        finally
        {
            _next = step;
        }
    }

    private static object? Boxed(TResult result) => typeof(TResult) == typeof(NoResult) ? null : result;
}
