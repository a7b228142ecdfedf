using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Connects a grain's state with its storage.</summary>
internal sealed class PersistentState<TState>(string stateName, GrainId grainId, IGrainStorage storage) : IPersistentState<TState>, IStorageFacet
{
    private readonly GrainState<TState> _state = new(NewState());

    public TState State
    {
        get => _state.State!;
        set => _state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _state.RecordExists;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        await storage.ReadStateAsync(stateName, grainId, _state, cancellationToken);
        if (_state.State is null) _state.State = NewState();
    }

    public Task WriteStateAsync(CancellationToken cancellationToken) =>
        storage.WriteStateAsync(stateName, grainId, _state, cancellationToken);

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        await storage.ClearStateAsync(stateName, grainId, _state, cancellationToken);
        _state.State = NewState();
    }

    private static TState NewState() => Activator.CreateInstance<TState>();
}
