using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>
/// Journals in PostgreSQL, a row for each turn of an account, chained as those in files. Batches that come while others are being written share
/// a transaction. While the server is away <see cref="Obstacle"/> says so and batches are made durable in files of their own
/// (<see cref="SpillFile"/>), which are brought to the server before anything else when it is back.
/// </summary>
public sealed class PostgresJournal : IJournal, IDisposable, IAsyncDisposable
{
    private readonly Channel<JournalWork> _work = Channel.CreateUnbounded<JournalWork>(new UnboundedChannelOptions { SingleReader = true });
    private readonly PostgresServer _server;
    private readonly JournalKeeper _keeper;
    private readonly Task _keeping;
    private readonly bool _isExclusive;
    private readonly int _searchStep;
    private byte[]? _key;
    private readonly string _keyFile;
    private readonly Lock _gate = new();
    private bool _isDisposed;

    /// <summary>Connects with the first use, not here.</summary>
    public PostgresJournal(PostgresServer server, PostgresJournalOptions options, ILogger<PostgresJournal>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_server, _keyFile, _isExclusive, _searchStep) = (server, options.KeyFile, options.IsExclusive, options.SearchStep);
        _keeper = new JournalKeeper(server, options, _work, Key, logger ?? NullLogger<PostgresJournal>.Instance);
        _keeping = Task.Run(_keeper.RunAsync);
    }

    public string? Obstacle => _keeper.Obstacle;

    /// <summary>Ends, with a sentence, when another process has written an account of this one, which must stop then.</summary>
    public Task<string> Taken => _keeper.Taken;

    /// <exception cref="ArgumentException">The account's name is not one, or the batch has no facts.</exception>
    /// <exception cref="StoreException">The server cannot be reached, and this account was not in use before.</exception>
    /// <exception cref="CorruptStateException">The account's journal is damaged.</exception>
    public async ValueTask AppendAsync(string account, JournalBatch batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentNullException.ThrowIfNull(batch);
        Check(account);
        if (batch.Facts.IsEmpty) throw new ArgumentException("A batch without facts says nothing.", nameof(batch));
        var append = new JournalWork.Append(account, batch.FirstSequence, batch.LastSequence, JsonSerializer.SerializeToUtf8Bytes(batch, JournalJson.LineOptions));
        Post(append);
        // Not to be cancelled from here on: it may be under way.
        await append.Done;
    }

    /// <inheritdoc cref="AppendAsync"/>
    public async IAsyncEnumerable<JournalBatch> ReadAsync(string account, long fromSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var end = await EndAsync(account, cancellation);
        await foreach (var batch in ReadAsync(account, fromSequence, long.MaxValue, end, cancellation)) yield return batch;
    }

    /// <summary>A page of facts; the newest are looked for from the end, so much at a time.</summary>
    /// <exception cref="StoreException">The server cannot be reached.</exception>
    /// <exception cref="CorruptStateException">A row on the way is not as it was written, or not where.</exception>
    public async ValueTask<JournalPage> FindAsync(string account, JournalQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var end = await EndAsync(account, cancellation);
        if (!query.IsNewestFirst) return JournalSieve.Page([.. (await SieveAsync(account, query, query.Lowest, long.MaxValue, end, cancellation)).Found()], query);
        var found = new List<JournalEntry>();
        for (var highest = Math.Min(query.Highest, end.Last); highest > 0 && found.Count <= query.Limit; highest -= _searchStep)
            found.AddRange((await SieveAsync(account, query, Math.Max(1, highest - _searchStep + 1), highest, end, cancellation)).Found());
        return JournalSieve.Page(found.Count > query.Limit + 1 ? found[..(query.Limit + 1)] : found, query);
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
        }

        _keeper.Stop();
        _work.Writer.TryComplete();
        await _keeping;
        await _keeper.DisposeAsync();
    }

    /// <param name="highest">Batches that begin after this fact are left out.</param>
    /// <param name="end">Of the journal.</param>
    private async IAsyncEnumerable<JournalBatch> ReadAsync(string account, long fromSequence, long highest, JournalEnd end, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (end.Last == 0) yield break;
        using var chain = new JournalChain(Key());
        await using var connection = await _server.OpenAsync(cancellation);
        var rows = JournalReader.ReadAsync(connection, _server.Name, account, chain, fromSequence, end.Last, highest, cancellation).GetAsyncEnumerator(cancellation);
        await using var disposal = rows.ConfigureAwait(false);
        JournalRow? last = null;
        while (await MoveAsync(rows))
        {
            last = rows.Current;
            if (last.Value.Last >= fromSequence) yield return JournalReader.BatchOf(last.Value, _server.Name);
        }

        if (highest >= end.Last && last is { } row && row.End != end) throw JournalHeads.Shortened(account, _server.Name, end.Last, row.Last);
    }

    private async Task<JournalSieve> SieveAsync(string account, JournalQuery query, long lowest, long highest, JournalEnd end, CancellationToken cancellation)
    {
        var sieve = new JournalSieve(query, lowest, highest);
        await foreach (var batch in ReadAsync(account, lowest, highest, end, cancellation))
        {
            if (sieve.IsFull) break;
            sieve.Take(batch);
        }

        return sieve;
    }

    private async Task<JournalEnd> EndAsync(string account, CancellationToken cancellation)
    {
        Check(account);
        var ask = new JournalWork.Ask(account);
        Post(ask);
        return await ask.Answer.WaitAsync(cancellation);
    }

    private byte[] Key()
    {
        lock (_gate) return _key ??= JournalKey.Take(_keyFile, Disk.Real);
    }

    private void Post(JournalWork work)
    {
        if (!_work.Writer.TryWrite(work)) throw new ObjectDisposedException(nameof(PostgresJournal));
    }

    private async Task<bool> MoveAsync(IAsyncEnumerator<JournalRow> rows)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (Exception failed) when (PostgresServer.Covers(failed))
        {
            throw _server.Failed(failed);
        }
    }

    private static void Check(string account)
    {
        if (!FileJournal.IsName(account)) throw new ArgumentException($"'{account}' is not an account name; use 1 to 64 letters, digits, '-', '_' and '.', the first a letter or digit.", nameof(account));
    }
}
