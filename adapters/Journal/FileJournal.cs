using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>
/// One append-only journal for each account in segments, of which <c>paper.journal</c> is written, one batch a line with its checksum. A batch is on the disk before
/// <see cref="AppendAsync"/> completes. Reading an account cuts an unfinished last write off, from its first line that is not sound; damage anywhere else stops it, and so does a
/// line that is not as it was written, or not where (<see cref="JournalChain"/>), and an end that was cut off (<see cref="JournalHead"/>).
/// After a failed write an account takes nothing until it is read again. One process at a time uses the folder.
/// </summary>
public sealed partial class FileJournal : IJournal, IDisposable
{
    private readonly Lock _gate = new();
    private readonly JournalOptions _options;
    private readonly ILogger _logger;
    private readonly Disk _disk;
    private readonly ConcurrentDictionary<string, AccountFile> _accounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _covered = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _archiving = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private StateFolder? _folder;
    private JournalKeys? _keys;
    private bool _isDisposed;

    /// <summary>Takes the folder at the first use, not here.</summary>
    public FileJournal(JournalOptions options, ILogger<FileJournal>? logger = null, TimeProvider? clock = null)
        : this(options, logger, Disk.Real, clock)
    {
    }

    internal FileJournal(JournalOptions options, ILogger? logger, Disk disk, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _options = options;
        _logger = logger ?? NullLogger.Instance;
        _disk = disk;
    }

    public string? Failure => _accounts.Values.Select(static account => account.Failure).FirstOrDefault(static failure => failure is not null);

    /// <exception cref="ArgumentException">The account's name is not one.</exception>
    /// <exception cref="StateFolderException">The folder cannot be written to, or another process uses it.</exception>
    /// <exception cref="CorruptStateException">The account's file is damaged.</exception>
    public ValueTask AppendAsync(string account, JournalBatch batch, CancellationToken cancellation) =>
        FileOf(account).AppendAsync(batch, cancellation);

    /// <inheritdoc cref="AppendAsync"/>
    public IAsyncEnumerable<JournalBatch> ReadAsync(string account, long fromSequence, CancellationToken cancellation) =>
        JournalView.ReadAsync(FileOf(account), fromSequence, cancellation);

    /// <inheritdoc cref="AppendAsync"/>
    /// <remarks>Segments that have nothing of it are left out by where they begin and end, in numbers and in time.</remarks>
    public ValueTask<JournalPage> FindAsync(string account, JournalQuery query, CancellationToken cancellation) =>
        JournalView.FindAsync(FileOf(account), query, cancellation);

    /// <summary>Begins to put away what the snapshot covers; returns at once.</summary>
    public ValueTask CoveredAsync(string account, long sequence)
    {
        // The version of the snapshot before this one is kept, and must find what it needs.
        var before = _covered.GetValueOrDefault(account);
        _covered[account] = sequence;
        if (before > 0) _ = Task.Run(() => TryArchiveAsync(account, before));
        return ValueTask.CompletedTask;
    }

    /// <summary>Puts away the full segments whose facts are numbered so or lower.</summary>
    /// <exception cref="StateFolderException">A file cannot be written; nothing is lost.</exception>
    public async Task ArchiveAsync(string account, long covered)
    {
        var file = FileOf(account);
        if (!_archiving.TryAdd(account, true)) return;
        try
        {
            var reading = await file.ReadingAsync(CancellationToken.None);
            await Task.Run(() => new JournalArchive(reading.Segments, _options, _disk, _clock, _logger).Run(reading, covered));
        }
        finally
        {
            _archiving.TryRemove(account, out _);
        }
    }

    /// <summary>Proves that the folder is there, can be written to and is ours; for the start of the service.</summary>
    /// <exception cref="StateFolderException">It is not.</exception>
    public void TakeFolder()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _folder ??= StateFolder.Take(_options.Folder);
            if (_keys is not null) return;
            var path = _options.KeyFile ?? Path.Combine(_options.Folder, JournalKey.FileName);
            _ = JournalKey.Take(path, _disk);
            _keys = new JournalKeys(path, _options.Secrets);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var account in _accounts.Values) account.Dispose();
            _folder?.Dispose();
        }
    }

    private async Task TryArchiveAsync(string account, long covered)
    {
        try
        {
            await ArchiveAsync(account, covered);
        }
        catch (Exception failed) when (failed is OperatorException or ObjectDisposedException)
        {
            LogNotArchived(_logger, account, failed.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Full segments of the journal of {Account} stay as they are: {Problem}")]
    private static partial void LogNotArchived(ILogger logger, string account, string problem);

    private AccountFile FileOf(string account)
    {
        if (!IsName(account)) throw new ArgumentException($"'{account}' is not an account name; use 1 to 64 letters, digits, '-', '_' and '.', the first a letter or digit.", nameof(account));
        TakeFolder();
        return _accounts.GetOrAdd(account, name => new(new SegmentFiles(Path.Combine(_options.Folder, name + ".journal"), name, _keys!), _options.Seal, _options, _disk, _logger));
    }

    internal static bool IsName(string account) =>
        account is { Length: >= 1 and <= 64 }
        && char.IsAsciiLetterOrDigit(account[0])
        && account.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
