namespace Orleans.Concurrency;

/// <summary>
/// A grain without an identity to protect: calls of the same key are spread over as many activations as are busy, up to a maximum
/// in each silo.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute(int maxLocalWorkers) : Attribute
{
    /// <summary>As many workers as the machine has processors.</summary>
    public StatelessWorkerAttribute()
        : this(Environment.ProcessorCount)
    {
    }

    internal int MaxLocalWorkers { get; } = maxLocalWorkers;
}
