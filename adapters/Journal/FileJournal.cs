using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>
/// One append-only journal for each account in segments, of which <c>paper.journal</c> is written, one batch a line with its checksum. A batch is on the disk before
/// <see cref="AppendAsync"/> completes. Reading an account cuts an unfinished last write off; damage anywhere else stops it, and so does a
/// line that is not as it was written, or not where (<see cref="JournalChain"/>), and an end that was cut off (<see cref="JournalHead"/>).
/// After a failed write an account takes nothing until it is read again. One process at a time uses the folder.
/// </summary>
public sealed class FileJournal : IJournal, IDisposable
{
    private readonly Lock _gate = new();
    private readonly JournalOptions _options;
    private readonly ILogger _logger;
    private readonly Disk _disk;
    private readonly ConcurrentDictionary<string, AccountFile> _accounts = new(StringComparer.Ordinal);
    private StateFolder? _folder;
    private JournalKeys? _keys;
    private bool _isDisposed;

    /// <summary>Takes the folder at the first use, not here.</summary>
    public FileJournal(JournalOptions options, ILogger<FileJournal>? logger = null)
        : this(options, logger, Disk.Real)
    {
    }

    internal FileJournal(JournalOptions options, ILogger? logger, Disk disk)
    {
        _options = options;
        _logger = logger ?? NullLogger.Instance;
        _disk = disk;
    }

    /// <exception cref="ArgumentException">The account's name is not one.</exception>
    /// <exception cref="StateFolderException">The folder cannot be written to, or another process uses it.</exception>
    /// <exception cref="CorruptStateException">The account's file is damaged.</exception>
    public ValueTask AppendAsync(string account, JournalBatch batch, CancellationToken cancellation) =>
        FileOf(account).AppendAsync(batch, cancellation);

    /// <inheritdoc cref="AppendAsync"/>
    public IAsyncEnumerable<JournalBatch> ReadAsync(string account, long fromSequence, CancellationToken cancellation) =>
        FileOf(account).ReadAsync(fromSequence, cancellation);

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
            _ = JournalKey.Take(path);
            _keys = new JournalKeys(path);
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

    private AccountFile FileOf(string account)
    {
        if (!IsName(account)) throw new ArgumentException($"'{account}' is not an account name; use 1 to 64 letters, digits, '-', '_' and '.', the first a letter or digit.", nameof(account));
        TakeFolder();
        return _accounts.GetOrAdd(account, name => new(new SegmentFiles(Path.Combine(_options.Folder, name + ".journal"), name, _keys!), _options.Seal, _options, _disk, _logger));
    }

    private static bool IsName(string account) =>
        account is { Length: >= 1 and <= 64 }
        && char.IsAsciiLetterOrDigit(account[0])
        && account.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
