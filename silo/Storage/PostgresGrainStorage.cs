using System.Globalization;
using System.Text.Json;
using Orleans.Storage;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Postgres;

namespace OrleansTrader.Silo.Storage;

/// <summary>Grain state as JSON in PostgreSQL. A write whose ETag is not the stored one is refused and changes nothing.</summary>
public sealed class PostgresGrainStorage(PostgresServer server) : IGrainStorage
{
    private readonly StateTable _table = new(server);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        if (await _table.ReadAsync(JsonGrainStorage.NameOf(stateName, grainId), cancellationToken) is not { } stored) return;
        grainState.State = JsonSerializer.Deserialize<T>(stored.Body, JournalJson.StateOptions)!;
        grainState.ETag = Text(stored.Version);
        grainState.RecordExists = true;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var (name, known) = (JsonGrainStorage.NameOf(stateName, grainId), Number(grainState.ETag));
        if (!await _table.WriteAsync(name, known, JsonSerializer.SerializeToUtf8Bytes(grainState.State, JournalJson.StateOptions), cancellationToken)) await RefuseAsync(name, grainState.ETag);
        grainState.ETag = Text((known ?? 0) + 1);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var name = JsonGrainStorage.NameOf(stateName, grainId);
        if (!await _table.DeleteAsync(name, Number(grainState.ETag), cancellationToken)) await RefuseAsync(name, grainState.ETag);
        grainState.ETag = null!;
        grainState.RecordExists = false;
    }

    private async Task RefuseAsync(string name, string? held)
    {
        var stored = await _table.ReadAsync(name) is { } there ? Text(there.Version) : null;
        throw new InconsistentStateException($"The stored state has version {stored ?? "none"}, the writer knows {held ?? "none"}.", stored!, held!);
    }

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static long? Number(string? etag) => etag is null ? null : long.Parse(etag, CultureInfo.InvariantCulture);
}
