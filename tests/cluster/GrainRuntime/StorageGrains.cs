using Orleans;
using Orleans.Runtime;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public sealed class Counts
{
    public int Value { get; set; }
}

public interface IStorageGrain : IGrainWithStringKey
{
    Task<int> AddAsync(int number);

    Task AddWithoutWritingAsync(int number);

    Task<int> ValueAsync();

    Task<bool> ExistsAsync();

    Task ClearAsync();

    /// <summary>Replaces the state by one that is not written, then reads what is.</summary>
    Task<int> ReadAgainAsync();

    Task LeaveAsync();

    Task<bool> HasTwoStatesAsync();
}

public sealed class StorageGrain(
    [PersistentState("counts")] IPersistentState<Counts> counts,
    [PersistentState("other")] IPersistentState<Counts> other) : Grain, IStorageGrain
{
    private int _valueAtActivation;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _valueAtActivation = counts.State.Value;
        return Task.CompletedTask;
    }

    public async Task<int> AddAsync(int number)
    {
        counts.State.Value += number;
        await counts.WriteStateAsync();
        return counts.State.Value;
    }

    public Task AddWithoutWritingAsync(int number)
    {
        counts.State.Value += number;
        return Task.CompletedTask;
    }

    public Task<int> ValueAsync() => Task.FromResult(_valueAtActivation);

    public Task<bool> ExistsAsync() => Task.FromResult(counts.RecordExists && counts.Etag is not null);

    public Task ClearAsync() => counts.ClearStateAsync();

    public async Task<int> ReadAgainAsync()
    {
        counts.State = new Counts { Value = -1 };
        await counts.ReadStateAsync();
        return counts.State.Value;
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<bool> HasTwoStatesAsync() => Task.FromResult(!ReferenceEquals(counts, other) && !ReferenceEquals(counts.State, other.State));
}

public interface ILostStorageGrain : IGrainWithStringKey
{
    Task PingAsync();
}

public sealed class LostStorageGrain([PersistentState("counts", "nowhere")] IPersistentState<Counts> counts) : Grain, ILostStorageGrain
{
    public Task PingAsync() => counts.WriteStateAsync();
}
