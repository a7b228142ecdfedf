namespace Orleans.Runtime;

/// <summary>Makes a filter of a function.</summary>
internal sealed class IncomingGrainCallFilterFunction(IncomingGrainCallFilterDelegate filter) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context) => filter(context);
}
