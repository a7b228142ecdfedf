using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>The journal file of one account, and the one writer that it has.</summary>
internal sealed partial class AccountFile(string path, string account, bool syncToDisk, Func<string, AppendFile> open, ILogger logger) : IDisposable
{
    /// <summary>Bytes between two places from which the file can be read.</summary>
    private const long MarkSpacing = 1 << 20;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<JournalMark> _marks = [];
    private AppendFile? _file;
    private bool _isKnown;
    private long _length;
    private long _lastSequence;
    private Exception? _failure;

    public async ValueTask AppendAsync(JournalBatch batch, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_failure is not null) throw Failed(_failure);
            Know();
            if (batch.FirstSequence != _lastSequence + 1) throw new JournalConflictException(account, _lastSequence + 1, batch.FirstSequence);
            // Written at once and on the caller's thread: nothing may act on the batch before it is durable anyway.
            Write(batch);
        }
        finally
        {
            _gate.Release();
        }
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
            length = _length;
            start = _marks.FindLast(mark => mark.LastSequence < fromSequence);
        }
        finally
        {
            _gate.Release();
        }

        if (length == 0) yield break;
        using var scan = Reading(() => new JournalScan(path, account, start));
        while (Reading(() => scan.TryReadBatch(fromSequence, length)) is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return batch;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _gate.Dispose();
    }

    private void Write(JournalBatch batch)
    {
        var frame = JournalFrame.Encode(batch);
        var isFirst = _length == 0;
        if (isFirst) frame = [.. JournalFrame.Header(account), .. frame];
        try
        {
            _file ??= open(path);
            _file.Write(frame, _length);
            if (syncToDisk) _file.Flush();
            if (syncToDisk && isFirst) FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            // How much of it arrived is unknown, and after a failed flush the system may call pages clean that never were written.
            _failure = failed;
            throw StateFolderException.CannotWrite(path, failed);
        }

        Mark(_length, _lastSequence);
        _length += frame.Length;
        _lastSequence = batch.LastSequence;
    }

    /// <summary>Learns where the file ends, and cuts what a crash left behind there; a copy of that stays beside the journal.</summary>
    private void Know()
    {
        if (_isKnown) return;
        if (File.Exists(path))
        {
            using (var scan = Reading(() => new JournalScan(path, account)))
            {
                Survey(scan);
            }

            var torn = Reading(() => new FileInfo(path).Length) - _length;
            if (torn > 0)
            {
                KeepTail(_length);
                CutTo(_length);
                LogTorn(logger, path, torn, TornPath, _lastSequence);
            }
        }

        _isKnown = true;
    }

    private void Survey(JournalScan scan)
    {
        while (Reading(() => scan.TryRead(0, long.MaxValue, out _))) Mark(scan.SoundLength, scan.LastSequence);
        (_length, _lastSequence) = (scan.SoundLength, scan.LastSequence);
    }

    private void Mark(long position, long lastSequence)
    {
        // The header is no line of facts, so the first place is the start of the file, which needs no mark.
        if (position - (_marks.Count == 0 ? 0 : _marks[^1].Position) >= MarkSpacing) _marks.Add(new JournalMark(position, lastSequence));
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
        if (Reading(() => File.Exists(path))) CutTo(_length);
        _failure = null;
    }

    private void CutTo(long length)
    {
        try
        {
            _file ??= open(path);
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

    [LoggerMessage(LogLevel.Warning, "The journal {Path} ended in {Bytes} bytes of an unfinished write, which are cut off and kept as {TornPath}; its last fact is {LastSequence}")]
    private static partial void LogTorn(ILogger logger, string path, long bytes, string tornPath, long lastSequence);
}
