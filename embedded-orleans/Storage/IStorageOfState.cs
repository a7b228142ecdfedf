namespace Orleans.Core;

/// <summary>A grain's state in memory and its stored side.</summary>
public interface IStorage<TState> : IStorage
{
    TState State { get; set; }
}
