using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Storage;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Silo.Storage;

/// <summary>
/// Grain state as JSON with an ETag, in checksummed files or, for a run that is thrown away, in memory. A write whose ETag
/// is not the stored one is refused and changes nothing.
/// </summary>
/// <param name="folder">Null keeps everything in memory.</param>
/// <param name="seal">Opens what is sealed; null where nothing is.</param>
/// <param name="encrypts">True seals what is written.</param>
public sealed class JsonGrainStorage(string? folder, SnapshotFile? files, StateSeal? seal = null, bool encrypts = false) : IGrainStorage
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

    /// <summary>The version before the latest.</summary>
    /// <returns>Null when there is none, or it is damaged.</returns>
    internal async Task<T?> ReadPreviousAsync<T>(string stateName, GrainId grainId)
        where T : class
    {
        try
        {
            var name = NameOf(stateName, grainId);
            return await files!.ReadAsync(PathOf(name) + ".bak") is { } bytes ? JsonSerializer.Deserialize<Stored<T>>(Opened(name, bytes), JournalJson.StateOptions)?.State : null;
        }
        catch (CorruptStateException)
        {
            return null;
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
        return bytes is null ? null : JsonSerializer.Deserialize<Stored<T>>(Opened(name, bytes), JournalJson.StateOptions);
    }

    private async Task SaveAsync(string name, byte[] bytes)
    {
        if (files is null) _memory[name] = bytes;
        else await files.WriteAsync(PathOf(name), encrypts ? seal!.Close(bytes, AboutOf(name)) : bytes, CancellationToken.None);
    }

    private byte[] Opened(string name, byte[] bytes)
    {
        if (files is null || !StateSeal.IsSealed(bytes)) return bytes;
        if (seal is null) throw new SecretException($"The snapshot {PathOf(name)} is sealed; give the key with which it was.");
        return seal.Open(bytes, AboutOf(name)) ?? throw new CorruptStateException($"The snapshot {PathOf(name)} does not open: it was altered, or belongs to something else. Restore it from a backup.");
    }

    // Of one thing, so that no snapshot is taken for another.
    private static string AboutOf(string name) => $"snapshot {name}";

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
