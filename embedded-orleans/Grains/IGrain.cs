using Orleans.Runtime;

namespace Orleans;

/// <summary>Marks an interface as a grain contract; its methods return a task.</summary>
public interface IGrain : IAddressable;
