using Orleans.Runtime;

namespace Orleans;

/// <summary>A contract that an ordinary object implements to be called by grains; its methods may return nothing.</summary>
public interface IGrainObserver : IAddressable;
