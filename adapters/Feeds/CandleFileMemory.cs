using System.Security.Cryptography;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>
/// What is known of the candle files of a folder before they are read. A file counts as known while its length, last write, first and
/// last 4 KiB are as they were. Not for concurrent use.
/// </summary>
public sealed class CandleFileMemory
{
    private const int SampleBytes = 4096;

    /// <summary>A file that is written again this soon may bear the same time.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private readonly CandleFolder? _folder;
    private readonly ICandleIndex? _index;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, IndexedCandleFile> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IndexedCandleFile> _learned = new(StringComparer.Ordinal);

    private CandleFileMemory(CandleFolder? folder, ICandleIndex? index, TimeProvider clock) => (_folder, _index, _clock) = (folder, index, clock);

    /// <summary>Knows nothing and learns nothing: every file is read.</summary>
    public static CandleFileMemory None { get; } = new(folder: null, index: null, TimeProvider.System);

    /// <summary>Why the index is of no use at present, in a sentence; null when it is.</summary>
    public string? Note { get; private set; }

    /// <summary>Takes what the index has of the folder; one that fails is as good as empty.</summary>
    public static async Task<CandleFileMemory> OpenAsync(ICandleIndex index, CandleFolder folder, TimeProvider clock, CancellationToken cancellation = default)
    {
        var memory = new CandleFileMemory(folder, index, clock);
        await memory.TryAsync(async () =>
        {
            foreach (var file in await index.ReadAsync(folder.FullPath, cancellation)) memory._known[file.Name] = file;
        });
        return memory;
    }

    /// <summary>Brings the index up to date with what was read.</summary>
    public async Task SaveAsync(CancellationToken cancellation = default)
    {
        if (_index is null || _folder is null) return;
        string[] gone = [.. _known.Keys.Except(_folder.FileNames, StringComparer.Ordinal)];
        if (_learned.Count > 0 || gone.Length > 0) await TryAsync(() => _index.WriteAsync(_folder.FullPath, _learned.Values, gone, cancellation).AsTask());
    }

    /// <summary>Null when nothing is to be remembered of the file.</summary>
    internal CandleFileMark? MarkOf(string path)
    {
        if (_index is null) return null;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var (length, written) = (file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));
            if (_clock.GetUtcNow().UtcDateTime - written < Settled) return null;
            var sample = new byte[Math.Min(length, 2 * SampleBytes)];
            var head = sample.AsSpan(0, (int)Math.Min(sample.Length, SampleBytes));
            file.ReadExactly(head);
            file.Position = length - (sample.Length - head.Length);
            file.ReadExactly(sample.AsSpan(head.Length));
            return new(length, written, Convert.ToHexStringLower(SHA256.HashData(sample)));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // Reading the file will tell.
            return null;
        }
    }

    internal CandleFileFacts? Find(string path, CandleFileMark? mark) =>
        mark is { } now && _known.TryGetValue(Path.GetFileName(path), out var known) && known.Mark == now ? known.Facts : null;

    /// <param name="mark">From before the file was read.</param>
    internal void Learn(string path, CandleFileMark? mark, CandleFileFacts facts)
    {
        if (mark is not { } before) return;
        var file = new IndexedCandleFile(Path.GetFileName(path), before, facts);
        if (_known.GetValueOrDefault(file.Name) != file) _learned[file.Name] = file;
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (OperatorException failed)
        {
            Note ??= $"The index of candle files is not used at this start, which takes longer and changes nothing else: {failed.Message}";
        }
    }
}
