using System.Text.Json;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Storage;

/// <summary>An index of candle files in one file, replaced as a whole. One writer a path.</summary>
/// <param name="syncToDisk">False skips the flush to disk; for tests.</param>
public sealed class FileCandleIndex(string path, bool syncToDisk = true) : ICandleIndex
{
    private const int Version = 1;
    private static readonly JsonSerializerOptions Options = new() { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };
    private readonly SnapshotFile _file = new(syncToDisk: syncToDisk, isStrict: true);

    /// <exception cref="CorruptStateException">It is damaged, or of another version.</exception>
    /// <exception cref="StateFolderException">It cannot be read.</exception>
    public async ValueTask<IReadOnlyList<IndexedCandleFile>> ReadAsync(string folder, CancellationToken cancellation = default) =>
        (await ReadAllAsync(cancellation)).GetValueOrDefault(folder) ?? [];

    /// <exception cref="StateFolderException">It cannot be written.</exception>
    public async ValueTask WriteAsync(string folder, IReadOnlyCollection<IndexedCandleFile> found, IReadOnlyCollection<string> gone, CancellationToken cancellation = default)
    {
        var all = await ReadOrEmptyAsync(cancellation);
        var files = (all.GetValueOrDefault(folder) ?? []).ToDictionary(file => file.Name, StringComparer.Ordinal);
        foreach (var name in gone) files.Remove(name);
        foreach (var file in found) files[file.Name] = file;
        all[folder] = [.. files.Values.OrderBy(file => file.Name, StringComparer.Ordinal)];
        var content = JsonSerializer.SerializeToUtf8Bytes(new Content(Version, all), Options);
        await _file.WriteAsync(path, content, cancellation);
    }

    /// <summary>What is known of each folder.</summary>
    internal async Task<Dictionary<string, IndexedCandleFile[]>> ReadAllAsync(CancellationToken cancellation)
    {
        try
        {
            if (await _file.ReadAsync(path, cancellation) is not { } bytes) return new(StringComparer.Ordinal);
            if (JsonSerializer.Deserialize<Content>(bytes, Options) is { Version: Version } content) return new(content.Folders, StringComparer.Ordinal);
        }
        catch (Exception damaged) when (damaged is CorruptStateException or JsonException)
        {
            throw Unusable(damaged);
        }

        throw Unusable(damaged: null);
    }

    private async Task<Dictionary<string, IndexedCandleFile[]>> ReadOrEmptyAsync(CancellationToken cancellation)
    {
        try
        {
            return await ReadAllAsync(cancellation);
        }
        catch (CorruptStateException)
        {
            // It stays beside the new one as the version before it.
            return new(StringComparer.Ordinal);
        }
    }

    private CorruptStateException Unusable(Exception? damaged) => new($"{path} is damaged, or of another version of this program; it is built anew.", damaged!);

    private sealed record Content(int Version, Dictionary<string, IndexedCandleFile[]> Folders);
}
