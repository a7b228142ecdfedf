namespace Orleans;

/// <summary>An incoming call filter as a function.</summary>
public delegate Task IncomingGrainCallFilterDelegate(IIncomingGrainCallContext context);
