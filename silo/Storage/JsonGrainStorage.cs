using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Storage;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Silo.Storage;

/// <summary>
/// Grain state as JSON with an ETag, in checksummed files or, for a run that is thrown away, in memory. A write whose ETag
/// is not the stored one is refused and changes nothing.
/// </summary>
/// <param name="folder">Null keeps everything in memory.</param>
public sealed class JsonGrainStorage(string? folder, SnapshotFile? files) : IGrainStorage
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]> _memory = new(StringComparer.Ordinal);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await LoadAsync<T>(NameOf(stateName, grainId));
        if (stored is null) return;
        grainState.State = stored.State;
        grainState.ETag = stored.ETag;
        grainState.RecordExists = true;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var name = NameOf(stateName, grainId);
        var gate = _gates.GetOrAdd(name, _ => new SemaphoreSlim(1));
        await gate.WaitAsync();
        try
        {
            var stored = await LoadAsync<T>(name);
            Check(stored?.ETag, grainState.ETag);
            var next = new Stored<T>(NextETag(stored?.ETag), grainState.State!);
            await SaveAsync(name, JsonSerializer.SerializeToUtf8Bytes(next, JournalJson.StateOptions));
            grainState.ETag = next.ETag;
            grainState.RecordExists = true;
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var name = NameOf(stateName, grainId);
        var gate = _gates.GetOrAdd(name, _ => new SemaphoreSlim(1));
        await gate.WaitAsync();
        try
        {
            Check((await LoadAsync<T>(name))?.ETag, grainState.ETag);
            if (files is null) _memory.TryRemove(name, out _);
            else files.Delete(PathOf(name));
            grainState.ETag = null!;
            grainState.RecordExists = false;
        }
        finally
        {
            gate.Release();
        }
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        WriteStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ClearStateAsync(stateName, grainId, grainState);

    private async Task<Stored<T>?> LoadAsync<T>(string name)
    {
        var bytes = files is null ? _memory.GetValueOrDefault(name) : await files.ReadAsync(PathOf(name), CancellationToken.None);
        return bytes is null ? null : JsonSerializer.Deserialize<Stored<T>>(bytes, JournalJson.StateOptions);
    }

    private async Task SaveAsync(string name, byte[] bytes)
    {
        if (files is null) _memory[name] = bytes;
        else await files.WriteAsync(PathOf(name), bytes, CancellationToken.None);
    }

    private static void Check(string? stored, string? held)
    {
        if (!string.Equals(stored, held, StringComparison.Ordinal))
            throw new InconsistentStateException($"The stored state has version {stored ?? "none"}, the writer knows {held ?? "none"}.", stored!, held!);
    }

    private static string NextETag(string? etag) => etag is null ? "1" : (long.Parse(etag, System.Globalization.CultureInfo.InvariantCulture) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal static string NameOf(string stateName, GrainId grainId) => $"{stateName}-{grainId}".Replace('/', '-');

    private string PathOf(string name) => Path.Combine(folder!, name + ".snapshot");

    private sealed record Stored<T>(string ETag, T State);
}
