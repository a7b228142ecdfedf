namespace Orleans.Runtime;

/// <summary>A call that passes the filters of its caller and is then sent.</summary>
internal sealed class OutgoingGrainCall<TResult>(
    GrainReference reference, InterfaceMethod<TResult> method, object?[] arguments, IOutgoingGrainCallFilter[] filters)
    : GrainCall(method, arguments), IOutgoingGrainCallContext
{
    private int _next;

    public object Grain => reference;

    public GrainId? SourceId => SourceContext?.GrainId;

    public GrainId TargetId => reference.GrainId;

    public IGrainContext? SourceContext { get; } = ActivationTaskScheduler.CurrentActivation;

    public static async Task<TResult> InvokeAsync(
        GrainReference reference, InterfaceMethod<TResult> method, object?[] arguments, IOutgoingGrainCallFilter[] filters)
    {
        var call = new OutgoingGrainCall<TResult>(reference, method, arguments, filters);
        await call.Invoke();
        return call.ResultAs<TResult>();
    }

    public async Task Invoke()
    {
        var step = _next++;
        try
        {
            if (step < filters.Length)
            {
                await filters[step].Invoke(this);
                return;
            }

            // Sent with a copy, since a filter may send again, and sending replaces the cancellation token.
            var result = await reference.Silo.Messages.SendNowAsync(reference, method, [.. Arguments]);
            Result = typeof(TResult) == typeof(NoResult) ? null : result;
        }
        finally
        {
            _next = step;
        }
    }
}
