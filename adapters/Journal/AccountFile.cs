using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>The journal file of one account, and the one writer that it has; batches that come while others are being written share a flush.</summary>
internal sealed partial class AccountFile(string path, string account, byte[] key, bool syncToDisk, Disk disk, ILogger logger) : IDisposable
{
    /// <summary>Bytes between two places from which the file can be read.</summary>
    private const long MarkSpacing = 1 << 20;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentQueue<PendingAppend> _waiting = new();
    private readonly List<JournalMark> _marks = [];
    private readonly JournalChain _chain = new(key);
    private readonly JournalHead _head = new(path + ".head", disk);
    private AppendFile? _file;
    private bool _isKnown;

    /// <summary>Where the next line begins.</summary>
    private JournalMark _end;
    private Exception? _failure;

    public async ValueTask AppendAsync(JournalBatch batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var append = new PendingAppend(batch);
        _waiting.Enqueue(append);
        // Whoever has more to append does so now, and shares the flush.
        await Task.Yield();
        // Not to be cancelled from here on: whoever holds the gate may be writing it.
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            if (!append.IsDone) Commit();
        }
        finally
        {
            _gate.Release();
        }

        append.ThrowIfFailed();
    }

    public async IAsyncEnumerable<JournalBatch> ReadAsync(long fromSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long length;
        JournalMark start;
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_failure is not null) Recover();
            Know();
            length = _end.Position;
            start = _marks.FindLast(mark => mark.LastSequence < fromSequence);
        }
        finally
        {
            _gate.Release();
        }

        if (length == 0) yield break;
        using var chain = new JournalChain(key);
        using var scan = Reading(() => new JournalScan(path, account, chain, start));
        while (Reading(() => scan.TryReadBatch(fromSequence, length)) is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return batch;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _head.Dispose();
        _chain.Dispose();
        _gate.Dispose();
    }

    /// <summary>Makes all that wait durable with one write and one flush: nothing may act on any before.</summary>
    private void Commit()
    {
        var group = new List<PendingAppend>();
        while (_waiting.TryDequeue(out var append)) group.Add(append);
        try
        {
            if (_failure is not null) throw Failed(_failure);
            Know();
            Write(group);
        }
        catch (Exception failed)
        {
            foreach (var append in group) append.Fail(failed);
        }
    }

    private void Write(List<PendingAppend> group)
    {
        var lines = new ArrayBufferWriter<byte>();
        var places = new List<JournalMark>(group.Count);
        var end = _end;
        foreach (var append in group)
        {
            var batch = append.Batch;
            if (batch.FirstSequence != end.LastSequence + 1)
            {
                append.Fail(new JournalConflictException(account, end.LastSequence + 1, batch.FirstSequence));
                continue;
            }

            places.Add(end);
            var mac = end.Mac;
            if (end.Position == 0)
            {
                mac = _chain.StartOf(account);
                lines.Write(JournalFrame.Header(account, _chain.KeyId));
            }

            lines.Write(JournalFrame.Encode(batch, _chain, ref mac));
            end = new JournalMark(_end.Position + lines.WrittenCount, batch.LastSequence, mac);
        }

        if (places.Count == 0) return;
        Write(lines.WrittenSpan);
        foreach (var place in places) Mark(place);
        _end = end;
        foreach (var append in group) append.Complete();
        WriteHead();
    }

    private void Write(ReadOnlySpan<byte> lines)
    {
        var isFirst = _end.Position == 0;
        try
        {
            if (isFirst) _head.Begin(_chain.StartOf(account), syncToDisk);
            _file ??= disk.Open(path);
            _file.Write(lines, _end.Position);
            if (syncToDisk) _file.Flush();
            if (syncToDisk && isFirst) disk.SyncFolderOf(path);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            // How much of it arrived is unknown, and after a failed flush the system may call pages clean that never were written.
            _failure = failed;
            throw StateFolderException.CannotWrite(path, failed);
        }
    }

    /// <summary>The batch is durable whether this succeeds or not.</summary>
    private void WriteHead()
    {
        try
        {
            _head.Write(_end.LastSequence, _end.Mac);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            LogHead(logger, path, failed.Message, _end.LastSequence);
        }
    }

    /// <summary>Learns where the file ends, and cuts what a crash left behind there; a copy of that stays beside the journal.</summary>
    private void Know()
    {
        if (_isKnown) return;
        if (File.Exists(path))
        {
            var isConverted = Reading(() => JournalConversion.Run(path, account, _chain, disk));
            var head = isConverted ? default((long, UInt128)) : Reading(_head.Read);
            using (var scan = Reading(() => new JournalScan(path, account, _chain)))
            {
                Survey(scan, new HeadCheck(path, head));
            }

            if (isConverted) Anchor();
            var torn = Reading(() => new FileInfo(path).Length) - _end.Position;
            if (torn > 0)
            {
                KeepTail(_end.Position);
                CutTo(_end.Position);
                LogTorn(logger, path, torn, TornPath, _end.LastSequence);
            }
        }
        else if (Reading(_head.Read) is { } head)
        {
            new HeadCheck(path, head).Judge(last: 0);
        }

        _isKnown = true;
    }

    private void Anchor()
    {
        _head.Begin(_end.Mac, syncToDisk);
        WriteHead();
        LogConverted(logger, path);
    }

    private void Survey(JournalScan scan, HeadCheck head)
    {
        while (Reading(() => scan.TryRead(0, long.MaxValue, out _)))
        {
            Mark(scan.Place);
            head.Pass(scan.Place);
        }

        head.Judge(scan.LastSequence);
        _end = scan.Place;
    }

    private void Mark(JournalMark place)
    {
        // The header is no line of facts, so the first place is the start of the file, which needs no mark.
        if (place.Position - (_marks.Count == 0 ? 0 : _marks[^1].Position) >= MarkSpacing) _marks.Add(place);
    }

    private string TornPath => path + ".torn";

    private void KeepTail(long from)
    {
        try
        {
            using var journal = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            journal.Position = from;
            using var torn = File.Create(TornPath);
            journal.CopyTo(torn);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotWrite(TornPath, failed);
        }
    }

    /// <summary>Takes back what a failed append may have left: it was never acknowledged, so nothing has acted on it.</summary>
    private void Recover()
    {
        _file?.Dispose();
        _file = null;
        _isKnown = false;
        _marks.Clear();
        if (Reading(() => File.Exists(path))) CutTo(_end.Position);
        _failure = null;
    }

    private void CutTo(long length)
    {
        try
        {
            _file ??= disk.Open(path);
            _file.Cut(length);
            if (syncToDisk) _file.Flush();
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotWrite(path, failed);
        }
    }

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotRead(path, failed);
        }
    }

    private StateFolderException Failed(Exception failure) =>
        new($"The journal {path} failed before ({failure.Message.TrimEnd('.')}) and takes nothing until it is read again.", failure);

    [LoggerMessage(LogLevel.Warning, "The head of the journal {Path} could not be moved to fact {Sequence}: {Problem}; what is cut off after the place where it stands would not show")]
    private static partial void LogHead(ILogger logger, string path, string problem, long sequence);

    [LoggerMessage(LogLevel.Information, "The journal {Path} is chained from now on; as it was it stays beside it, as .v1")]
    private static partial void LogConverted(ILogger logger, string path);

    [LoggerMessage(LogLevel.Warning, "The journal {Path} ended in {Bytes} bytes of an unfinished write, which are cut off and kept as {TornPath}; its last fact is {LastSequence}")]
    private static partial void LogTorn(ILogger logger, string path, long bytes, string tornPath, long lastSequence);
}
