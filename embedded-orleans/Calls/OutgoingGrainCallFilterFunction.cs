namespace Orleans.Runtime;

/// <summary>Makes a filter of a function.</summary>
internal sealed class OutgoingGrainCallFilterFunction(OutgoingGrainCallFilterDelegate filter) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context) => filter(context);
}
