namespace Orleans;

/// <summary>Wraps every call on the side of its caller.</summary>
public interface IOutgoingGrainCallFilter
{
    Task Invoke(IOutgoingGrainCallContext context);
}
