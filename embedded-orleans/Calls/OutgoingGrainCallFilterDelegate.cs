namespace Orleans;

/// <summary>An outgoing call filter as a function.</summary>
public delegate Task OutgoingGrainCallFilterDelegate(IOutgoingGrainCallContext context);
