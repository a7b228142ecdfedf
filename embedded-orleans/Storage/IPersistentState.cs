using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>State that is read before a grain activates and written when the grain says so.</summary>
public interface IPersistentState<TState> : IStorage<TState>;
