using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>The journal of one account, and the one writer that it has; batches that come while others are being written share a flush.</summary>
internal sealed class AccountFile(SegmentFiles segments, StateSeal? seal, JournalOptions options, Disk disk, ILogger logger) : IDisposable
{
    /// <summary>Bytes between two places from which the file can be read.</summary>
    private const long MarkSpacing = 1 << 20;

    /// <summary>Between two looks for another key.</summary>
    private const int KeyMilliseconds = 200;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentQueue<PendingAppend> _waiting = new();
    private readonly List<JournalMark> _marks = [];
    private readonly JournalHead _head = new(segments.Active + ".head", disk, segments.Keys);
    private readonly string _path = segments.Active;
    private readonly string _account = segments.Account;
    private readonly bool _syncToDisk = options.SyncToDisk;
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly List<PendingAppend> _group = [];
    private AppendFile? _file;
    private JournalChain? _chain;
    private SegmentSeal? _sealing;
    private bool _isKnown;
    private bool _isTidy;
    private int _ticks = Environment.TickCount;

    /// <summary>The first line of the segment that is written; null before it is.</summary>
    private SegmentHead? _segment;

    /// <summary>Its number.</summary>
    private int _number;

    /// <summary>Between which times the facts of the segment that is written lie, or of the one before while nothing is.</summary>
    private JournalTimes _times;

    /// <summary>Where the next line begins.</summary>
    private JournalMark _end;
    private Exception? _failure;

    /// <summary>Why the latest batches were not written; null once some are.</summary>
    public string? Failure { get; private set; }

    private string SealId => options.Encrypt ? seal!.CurrentId : "";

    public async ValueTask AppendAsync(JournalBatch batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var append = new PendingAppend(batch);
        _waiting.Enqueue(append);
        // Whoever has more to append does so now, and shares the flush.
        await Task.Yield();
        Commit(append);
        // Not to be cancelled: somebody may be writing it.
        await append.Done;
    }

    /// <summary>Writes for all that wait, unless somebody does; whoever holds the gate looks again once it is free.</summary>
    /// <param name="own">Once that is done, others go on for the rest; null where none is.</param>
    private void Commit(PendingAppend? own)
    {
        while (!_waiting.IsEmpty && _gate.Wait(0))
        {
            try
            {
                Commit();
            }
            finally
            {
                _gate.Release();
            }

            if (own is not { Done.IsCompleted: true } || _waiting.IsEmpty) continue;
            ThreadPool.UnsafeQueueUserWorkItem(static file => file.Commit(own: null), this, preferLocal: false);
            return;
        }
    }

    /// <summary>Where the journal stands, for whoever reads it: what is written after that is not seen.</summary>
    public async ValueTask<SegmentReading> ReadingAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_failure is not null) Recover();
            Know();
            var (gone, full) = segments.Standing();
            return new SegmentReading(segments, seal, gone, full, _number, _segment, _times, _end, [.. _marks]);
        }
        finally
        {
            _gate.Release();
            if (!_waiting.IsEmpty) ThreadPool.UnsafeQueueUserWorkItem(static file => file.Commit(own: null), this, preferLocal: false);
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _head.Dispose();
        _chain?.Dispose();
        _sealing?.Dispose();
        _gate.Dispose();
    }

    /// <summary>Makes all that wait durable with one write and one flush: nothing may act on any before.</summary>
    private void Commit()
    {
        _group.Clear();
        while (_waiting.TryDequeue(out var append)) _group.Add(append);
        try
        {
            if (_failure is not null) throw Failed(_failure);
            Know();
            RollWhereDue();
            Write();
        }
        catch (Exception failed)
        {
            foreach (var append in _group) append.Fail(failed);
        }
    }

    private void Write()
    {
        _lines.ResetWrittenCount();
        var (start, end, times) = (_end, _end, _end.Position == 0 ? JournalTimes.None : _times);
        foreach (var append in _group)
        {
            var batch = append.Batch;
            if (batch.FirstSequence != end.LastSequence + 1)
            {
                append.Fail(new JournalConflictException(_account, end.LastSequence + 1, batch.FirstSequence));
                continue;
            }

            if (end.Position == 0)
            {
                Begin();
                _lines.Write(_segment!.ToLine());
                end = end with { Mac = _segment.Mac };
            }

            var mac = end.Mac;
            JournalFrame.Write(_lines, batch.FirstSequence, batch.LastSequence, _sealing is null ? append.Json : _sealing.Close(batch.FirstSequence, batch.LastSequence, append.Json), _chain!, ref mac);
            end = new JournalMark(start.Position + _lines.WrittenCount, batch.LastSequence, mac);
            times = times.With(batch);
            append.End = end;
        }

        if (end == start) return;
        Write(_lines.WrittenSpan);
        Failure = null;
        (_end, _times) = (end, times);
        foreach (var append in _group)
            if (append.Complete())
                Mark(append.End);
        WriteHead();
    }

    /// <summary>Begins the segment that is written; it is not there before its first line is.</summary>
    private void Begin()
    {
        _chain?.Dispose();
        _chain = segments.Keys.Current();
        _segment = SegmentHead.Make(_account, _chain, _number, _end.LastSequence, _end.Mac, SealId, _number == 1 ? JournalTimes.None : _times);
        StartSealing();
    }

    /// <summary>Each opening of the file seals by another key.</summary>
    private void StartSealing()
    {
        _sealing?.Dispose();
        _sealing = _segment is { IsSealed: true } ? new SegmentSeal(seal!, _segment) : null;
    }

    private void Write(ReadOnlySpan<byte> lines)
    {
        var isFirst = _end.Position == 0;
        try
        {
            if (isFirst && _number == 1) _head.Begin(_segment!.BeforeMac, _syncToDisk);
            _file ??= disk.Open(_path);
            _file.Write(lines, _end.Position);
            if (_syncToDisk) _file.Flush();
            if (_syncToDisk && isFirst) disk.SyncFolderOf(_path);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            // How much of it arrived is unknown, and after a failed flush the system may call pages clean that never were written.
            throw Stopped(failed);
        }
    }

    /// <summary>Closes the segment when it is full, or chained or sealed by another key than those of now; the next begins with the next line.</summary>
    private void RollWhereDue()
    {
        LookForKey();
        if (_segment is null || _end.Position == 0) return;
        if (_end.Position < options.SegmentBytes && string.Equals(_segment.KeyId, segments.Keys.CurrentId, StringComparison.Ordinal) && string.Equals(_segment.SealId, SealId, StringComparison.Ordinal)) return;
        try
        {
            // What the head says from now on lies in this segment or after it: a start need not look before it.
            _head.Settle(_end.LastSequence, _end.Mac, _syncToDisk);
            _file?.Dispose();
            _file = null;
            disk.Move(_path, segments.Closed(_number));
            _number++;
            _segment = null;
            _end = _end with { Position = 0 };
            _marks.Clear();
            if (_syncToDisk) disk.SyncFolderOf(_path);
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw Stopped(failed);
        }
    }

    /// <summary>Whoever changes the key does it in its file.</summary>
    private void LookForKey()
    {
        if (Environment.TickCount - _ticks < KeyMilliseconds) return;
        _ticks = Environment.TickCount;
        Reading(() =>
        {
            segments.Keys.Refresh();
            return true;
        });
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
            JournalNotes.LogHead(logger, _path, failed.Message, _end.LastSequence);
        }
    }

    /// <summary>Learns where the journal ends, and cuts what a crash left behind there; a copy of that stays beside it.</summary>
    private void Know()
    {
        if (_isKnown) return;
        if (File.Exists(_path))
        {
            using var chain = segments.Keys.Current();
            if (Reading(() => JournalConversion.Run(_path, _account, chain, _head, disk))) JournalNotes.LogConverted(logger, _path);
        }

        var check = new HeadCheck(_path, Reading(_head.Read));
        var (gone, full) = Reading(segments.Standing);
        _number = gone.Segments + full.Count + 1;
        (_segment, _end) = (null, new JournalMark(0, gone.Facts, gone.Mac));
        if (File.Exists(_path)) Survey(check);
        if (_segment is null && full.Count > 0) SurveyFull(full[^1], check);
        if (_segment is null && full.Count == 0) check.Pass(_end);
        check.Judge(_end.LastSequence);
        if (!_head.IsSigned) Sign();
        if (File.Exists(_path)) CutTorn();
        if (!_isTidy) SegmentLeftovers.Remove(segments, gone, disk, logger);
        _isTidy = _isKnown = true;
    }

    private void CutTorn()
    {
        var torn = Reading(() => new FileInfo(_path).Length) - _end.Position;
        if (torn <= 0) return;
        TornTail.Keep(_path, TornPath, _end.Position);
        CutTo(_end.Position);
        JournalNotes.LogTorn(logger, _path, Counted.Of(torn, "byte"), TornPath, _end.LastSequence);
    }

    /// <summary>A head of an older version: from here on nobody can write one without the key.</summary>
    private void Sign()
    {
        WriteHead();
        JournalNotes.LogSigned(logger, _path, _end.LastSequence);
    }

    private void Survey(HeadCheck check)
    {
        using var scan = Reading(() => new JournalScan(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0), _path, segments, seal) { Acknowledged = check.Acknowledged });
        _marks.Clear();
        _times = JournalTimes.None;
        while (Reading(() => TryRead(scan)))
        {
            if (scan.LastSequence == scan.Head!.Before) continue;
            Mark(scan.Place);
            check.Pass(scan.Place);
        }

        if (scan.Head is not { } head) return;
        if (head.Number != _number) throw segments.Missing(Math.Min(head.Number - 1, _number));
        check.Pass(head.Start);
        (_segment, _end) = (head, scan.Place);
        _chain?.Dispose();
        _chain = segments.Keys.ChainOf(head.KeyId);
        StartSealing();
    }

    private bool TryRead(JournalScan scan)
    {
        if (!scan.TryRead(0, long.MaxValue, out var line)) return false;
        _times = scan.Head!.IsSealed && seal is null ? JournalTimes.Any : _times.With(scan.Opened(line));
        return true;
    }

    /// <summary>After a crash between two segments: where the one before ends is where the next begins.</summary>
    private void SurveyFull(int number, HeadCheck check)
    {
        using var file = Reading(() => segments.Open(number, out _, out _));
        using var scan = new JournalScan(file, segments.Closed(number), segments, seal);
        _times = JournalTimes.None;
        while (Reading(() => TryRead(scan))) check.Pass(scan.Place);
        if (scan.Head is not { } head) throw segments.Missing(number);
        check.Pass(head.Start);
        _end = scan.Place with { Position = 0 };
    }

    private void Mark(JournalMark place)
    {
        // The header is no line of facts, so the first place is the start of the file, which needs no mark.
        if (place.Position - (_marks.Count == 0 ? 0 : _marks[^1].Position) >= MarkSpacing) _marks.Add(place);
    }

    private string TornPath => _path + ".torn";

    /// <summary>Takes back what a failed append may have left: it was never acknowledged, so nothing has acted on it.</summary>
    private void Recover()
    {
        _file?.Dispose();
        _file = null;
        _isKnown = false;
        _marks.Clear();
        // Where it ends is not known when the start itself has failed.
        if (_number > 0 && Reading(() => File.Exists(_path)) && _segment is not null) CutTo(_end.Position);
        _failure = null;
    }

    private void CutTo(long length)
    {
        try
        {
            _file ??= disk.Open(_path);
            _file.Cut(length);
            if (_syncToDisk) _file.Flush();
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotWrite(_path, failed);
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
            throw StateFolderException.CannotRead(_path, failed);
        }
    }

    /// <summary>Takes nothing from here on until it is read again.</summary>
    private StateFolderException Stopped(Exception failure)
    {
        _failure = failure;
        var told = StateFolderException.CannotWrite(_path, failure);
        Failure = told.Message;
        return told;
    }

    private StateFolderException Failed(Exception failure) =>
        new($"The journal {_path} failed before ({failure.Message.TrimEnd('.')}) and takes nothing until it is read again.", failure);
}
