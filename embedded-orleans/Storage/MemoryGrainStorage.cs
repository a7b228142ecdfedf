using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Orleans.Embedded;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps states as JSON as long as the host lives, so that a grain never shares an object with what is stored.</summary>
internal sealed class MemoryGrainStorage(IOptions<EmbeddedSerializerOptions> serializer) : IGrainStorage
{
    private readonly ConcurrentDictionary<(string State, GrainId Grain), Stored> _stored = new();
    private readonly JsonSerializerOptions _json = serializer.Value.Json;
    private long _version;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_stored.TryGetValue((stateName, grainId), out var stored))
        {
            grainState.State = JsonSerializer.Deserialize<T>(stored.Json, _json)!;
            grainState.ETag = stored.ETag;
            grainState.RecordExists = true;
        }
        else
        {
            grainState.State = default!;
            grainState.ETag = null;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var version = Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture);
        var next = new Stored(version, JsonSerializer.SerializeToUtf8Bytes(grainState.State, _json));
        var key = (stateName, grainId);
        var written = _stored.TryGetValue(key, out var stored)
            ? string.Equals(stored.ETag, grainState.ETag, StringComparison.Ordinal) && _stored.TryUpdate(key, next, stored)
            : grainState.ETag is null && _stored.TryAdd(key, next);
        if (!written) throw Inconsistent(key, grainState.ETag);
        grainState.ETag = version;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        if (_stored.TryGetValue(key, out var stored)
            && (!string.Equals(stored.ETag, grainState.ETag, StringComparison.Ordinal) || !_stored.TryRemove(KeyValuePair.Create(key, stored))))
        {
            throw Inconsistent(key, grainState.ETag);
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private InconsistentStateException Inconsistent((string State, GrainId Grain) key, string? etag)
    {
        var stored = _stored.GetValueOrDefault(key)?.ETag;
        return new($"The state '{key.State}' of {key.Grain} has version {stored ?? "none"}, not {etag ?? "none"}.", stored, etag);
    }

    private sealed record Stored(string ETag, byte[] Json);
}
