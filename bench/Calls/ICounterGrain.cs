using Orleans;

namespace OrleansTrader.Bench.Calls;

/// <summary>The smallest grain that does something.</summary>
public interface ICounterGrain : IGrainWithIntegerKey
{
    ValueTask<int> AddAsync(int number);

    /// <summary>Calls the other grain so many times, one call after the other.</summary>
    Task<int> AddToAsync(ICounterGrain other, int times);
}
