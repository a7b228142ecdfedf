namespace Orleans;

/// <summary>Wraps every call that arrives at grains, in the activation's turn; also a grain class may implement it for its own calls.</summary>
public interface IIncomingGrainCallFilter
{
    Task Invoke(IIncomingGrainCallContext context);
}
