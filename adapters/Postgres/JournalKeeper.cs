using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>The one who writes journals to PostgreSQL, or beside it while it is away: everything it is asked for, in order, one after the other.</summary>
internal sealed class JournalKeeper(PostgresServer server, PostgresJournalOptions options, Channel<JournalWork> work, Func<byte[]> key, ILogger logger) : IAsyncDisposable
{
    /// <summary>Rows in one transaction: enough to share a flush among all that wait, and no more than is written within a few milliseconds.</summary>
    private const int MostTogether = 512;

    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>So long an attempt to take an account again keeps turns waiting, those that close a position too.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<string> _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, JournalEnd> _ends = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SpillFile> _spills = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JournalConflictException> _lost = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _refusedSince = new(StringComparer.Ordinal);
    private readonly string _session = $"trader journal {Guid.NewGuid():N}";
    private JournalChain? _chain;
    private JournalWriter? _writer;
    private Task _returning = Task.CompletedTask;
    private Task _looking = Task.CompletedTask;
    private bool _wasUsed;
    private long _spilled;
    private int _attempts;
    private string? _told;
    private volatile string? _obstacle;

    /// <summary>Why the server does not take what is written; null while it does.</summary>
    public string? Obstacle => _obstacle;

    public Task<string> Taken => _taken.Task;

    private JournalChain Chain => _chain ??= new JournalChain(key());

    public void Stop() => _stopping.Cancel();

    public async Task RunAsync()
    {
        _looking = Heartbeat.RunAsync(LookPeriod, () => work.Writer.TryWrite(new JournalWork.Look()), _stopping.Token);
        var group = new List<JournalWork.Append>();
        while (await work.Reader.WaitToReadAsync())
        {
            while (work.Reader.TryRead(out var next))
            {
                if (next is JournalWork.Append append) group.Add(append);
                if (next is not JournalWork.Append || group.Count == MostTogether) await FlushAsync(group);
                if (next is not JournalWork.Append) await DoAsync(next);
            }

            await FlushAsync(group);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stopping.Cancel();
        await _returning;
        await _looking;
        // What came too late for the loop is a connection that nobody holds any more.
        while (work.Reader.TryRead(out var left))
            if (left is JournalWork.Return { Writer: var unused })
                await unused.DisposeAsync();
        if (_writer is not null) await _writer.DisposeAsync();
        foreach (var spill in _spills.Values) spill.Dispose();
        _chain?.Dispose();
        _stopping.Dispose();
    }

    private async Task DoAsync(JournalWork next)
    {
        switch (next)
        {
            case JournalWork.Ask ask:
                try
                {
                    // What is beside the server cannot be read from it.
                    ask.Complete(_obstacle is { } obstacle && !_lost.ContainsKey(ask.Account) ? throw new StoreException(obstacle) : await EndOfAsync(ask.Account, isFresh: !options.IsExclusive));
                }
                catch (Exception failed)
                {
                    ask.Fail(failed);
                }

                break;
            case JournalWork.Return { Writer: var writer }:
                await ReturnAsync(writer);
                break;
            case JournalWork.Look when _writer is not null && !_wasUsed:
                try
                {
                    await _writer.LookAsync(CancellationToken.None);
                }
                catch (Exception failed) when (Covers(failed))
                {
                    await LoseServerAsync(failed);
                }

                break;
        }

        _wasUsed = false;
    }

    /// <summary>Makes all that wait durable, here or there.</summary>
    private async Task FlushAsync(List<JournalWork.Append> group)
    {
        if (group.Count == 0) return;
        try
        {
            await WriteAsync(group);
        }
        catch (Exception failed)
        {
            foreach (var append in group) append.Fail(failed);
        }

        group.Clear();
    }

    private async Task WriteAsync(List<JournalWork.Append> group)
    {
        var moves = new Dictionary<string, JournalMove>(StringComparer.Ordinal);
        var rows = new List<JournalRow>(group.Count);
        var accepted = new List<JournalWork.Append>(group.Count);
        foreach (var append in group)
        {
            if (!moves.TryGetValue(append.Account, out var move))
            {
                try
                {
                    var known = await EndOfAsync(append.Account, isFresh: false);
                    move = new JournalMove(append.Account, known, known);
                }
                catch (Exception failed)
                {
                    append.Fail(failed);
                    continue;
                }
            }

            if (append.First != move.To.Last + 1)
            {
                append.Fail(new JournalConflictException(append.Account, move.To.Last + 1, append.First));
                continue;
            }

            var row = new JournalRow(append.Account, append.First, append.Last, Chain.Next(move.To.Mac, append.First, append.Last, append.Body), append.Body);
            rows.Add(row);
            accepted.Add(append);
            moves[append.Account] = move with { To = row.End };
        }

        if (rows.Count == 0) return;
        var written = _writer is null ? null : await TryWriteAsync(moves.Values, rows);
        if (written is null && !options.IsExclusive)
            throw new StoreException($"{server.Name} cannot be reached.");
        foreach (var move in moves.Values)
        {
            if (written is null) Spill(move, rows, accepted);
            else if (written.Contains(move.Account)) _ends[move.Account] = move.To;
            else await LoseOrSpillAsync(move, rows, accepted);
        }

        foreach (var append in accepted)
        {
            if (_lost.TryGetValue(append.Account, out var conflict)) append.Fail(conflict);
            else if (!_ends.ContainsKey(append.Account)) append.Fail(new JournalConflictException($"The journal of {append.Account} has gone on without this process."));
            else append.Complete();
        }
    }

    /// <returns>The accounts whose rows are there; null when the server is away.</returns>
    private async Task<HashSet<string>?> TryWriteAsync(IReadOnlyCollection<JournalMove> moves, List<JournalRow> rows)
    {
        try
        {
            foreach (var move in moves)
                if (move.From.Last == 0)
                    await _writer!.BeginAsync(move.Account, move.From, Chain.KeyId, CancellationToken.None);
            _wasUsed = true;
            return await _writer!.AppendAsync(moves, rows, CancellationToken.None);
        }
        catch (Exception failed) when (Covers(failed))
        {
            await LoseServerAsync(failed);
            return null;
        }
    }

    /// <summary>A journal took nothing: either another process has written it, or the database is not what it was, which counts as away.</summary>
    private async Task LoseOrSpillAsync(JournalMove move, List<JournalRow> rows, List<JournalWork.Append> accepted)
    {
        try
        {
            if (_writer is not null && options.IsExclusive) await IsWhereItWasAsync(_writer, move.Account, move.From);
            if (_writer is not null || !options.IsExclusive) Lose(move.Account, move.From);
            else Spill(move, rows, accepted);
        }
        catch (Exception failed) when (Covers(failed) || failed is CorruptStateException)
        {
            await LoseServerAsync(failed);
            Spill(move, rows, accepted);
        }
    }

    private void Spill(JournalMove move, List<JournalRow> rows, List<JournalWork.Append> accepted)
    {
        try
        {
            if (!_spills.TryGetValue(move.Account, out var spill)) _spills[move.Account] = spill = SpillOf(move.Account);
            spill.Append(move.From, rows.Where(row => string.Equals(row.Account, move.Account, StringComparison.Ordinal)), Chain);
            _spilled += move.To.Last - move.From.Last;
            _ends[move.Account] = move.To;
        }
        catch (StateFolderException failed)
        {
            foreach (var append in accepted)
                if (string.Equals(append.Account, move.Account, StringComparison.Ordinal))
                    append.Fail(failed);
        }
    }

    /// <summary>Where an account's journal ends; takes the account for this process when it was not in use before.</summary>
    /// <param name="isFresh">Asks the server also when it is known.</param>
    private async Task<JournalEnd> EndOfAsync(string account, bool isFresh)
    {
        if (_lost.TryGetValue(account, out var conflict)) throw conflict;
        if (!isFresh && _ends.TryGetValue(account, out var known)) return known;
        if (_obstacle is { } obstacle) throw new StoreException(obstacle);
        try
        {
            _writer ??= await JournalWriter.OpenAsync(server, _session, _stopping.Token);
            if (options.IsExclusive && !await _writer.LockAsync(account, options.LockPatience, _stopping.Token))
                throw new StoreException($"Another service writes account {account} in {server.Name}; stop that one, or set Account:Name to open another account. When its machine is gone, the account is free after half a minute.");
            if (options.IsExclusive && !await MergeAsync(_writer, account)) throw _lost[account];
            return _ends[account] = await _writer.EndAsync(account, Chain.KeyId, _stopping.Token) ?? new JournalEnd(0, Chain.StartOf(account));
        }
        catch (Exception failed) when (Covers(failed))
        {
            if (_writer is not null) await LoseServerAsync(failed);
            throw server.Failed(failed);
        }
    }

    private async Task LoseServerAsync(Exception failed)
    {
        await _writer!.DisposeAsync();
        _writer = null;
        server.Forget();
        if (!options.IsExclusive)
        {
            _ends.Clear();
            return;
        }

        _obstacle = ObstacleOf(failed);
        KeeperNotes.LogAway(logger, _obstacle);
        (_spilled, _attempts, _told) = (0, 0, null);
        _returning = ComeBackAsync();
    }

    /// <summary>Tries to reach the server, less and less often and never in step with others.</summary>
    private async Task ComeBackAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var pause = FirstPause * Math.Pow(2, Math.Min(_attempts++, 20));
                if (pause > options.LongestPause) pause = options.LongestPause;
                await Task.Delay(pause * (0.5 + (RandomNumberGenerator.GetInt32(1000) / 1000.0)), _stopping.Token);
                var writer = await JournalWriter.OpenAsync(server, _session, _stopping.Token);
                if (!work.Writer.TryWrite(new JournalWork.Return(writer))) await writer.DisposeAsync();
                return;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed)
            {
                // The next attempt comes later, whatever it was; what is no outage is for the owner to mend.
                Tell(failed);
            }
        }
    }

    /// <summary>Takes the accounts again and brings what was written beside to the server; nothing else is written before.</summary>
    private async Task ReturnAsync(JournalWriter writer)
    {
        try
        {
            foreach (var (account, end) in _ends.ToArray())
            {
                if (!await LockAgainAsync(writer, account)) Lose(account, end);
                else if (await MergeAsync(writer, account) && !await IsWhereItWasAsync(writer, account, end)) Lose(account, end);
            }

            _writer = writer;
            // What was lost is no service's to go on with: neither positions nor snapshots, until this one has stopped.
            _obstacle = _lost.Values.FirstOrDefault()?.Message;
            if (_obstacle is null) KeeperNotes.LogBack(logger, server.Name, Counted.Of(_spilled, "fact"));
        }
        catch (Exception failed)
        {
            await writer.DisposeAsync();
            Tell(failed);
            _returning = ComeBackAsync();
        }
    }

    /// <returns>False when the journal has gone on without this process.</returns>
    /// <exception cref="CorruptStateException">The database has less than it had; it may be restored yet.</exception>
    private async Task<bool> IsWhereItWasAsync(JournalWriter writer, string account, JournalEnd end)
    {
        var there = await writer.EndAsync(account, Chain.KeyId, _stopping.Token) ?? new JournalEnd(0, Chain.StartOf(account));
        return there.Last >= end.Last ? there == end : throw JournalHeads.Behind(account, server.Name, there.Last, end.Last);
    }

    /// <returns>False when another service has the account, and has kept it.</returns>
    /// <exception cref="StoreException">It is not free yet.</exception>
    private async Task<bool> LockAgainAsync(JournalWriter writer, string account)
    {
        if (!_refusedSince.TryGetValue(account, out var since)) since = Stopwatch.GetTimestamp();
        _refusedSince.Remove(account);
        if (await writer.LockAsync(account, options.LockPatience < LongestWait ? options.LockPatience : LongestWait, _stopping.Token)) return true;
        // A session of this service whose connection broke keeps its locks until the server has ended it.
        if (!await writer.IsHeldByOthersAsync(account, _session, _stopping.Token))
            throw new StoreException($"{server.Name} has not ended the broken connection of this service that holds account {account}.");
        _refusedSince[account] = since;
        return Stopwatch.GetElapsedTime(since) >= options.LockPatience ? false : throw new StoreException($"Another service holds account {account} in {server.Name}.");
    }

    private string ObstacleOf(Exception failed) =>
        $"{(Covers(failed) ? $"{server.Name} is away ({PostgresServer.Text(failed)})" : PostgresServer.Text(failed))}: no position is opened until {(Covers(failed) ? "it is back" : "that is mended")}, and what else happens is written to {options.SpillFolder}.";

    /// <summary>Says what is more than an outage, once.</summary>
    private void Tell(Exception failed)
    {
        if (failed is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable }) failed = JournalHeads.WithoutTables(server.Name);
        var text = PostgresServer.Text(failed);
        if (Covers(failed) || failed is OperationCanceledException || string.Equals(_told, text, StringComparison.Ordinal)) return;
        _obstacle = ObstacleOf(failed);
        KeeperNotes.LogNotMerged(logger, _told = text);
    }

    /// <summary>Brings what was written beside to the server, each row once, and removes it here.</summary>
    /// <returns>False when the journal has gone on without this process.</returns>
    private async Task<bool> MergeAsync(JournalWriter writer, string account)
    {
        if (!_spills.TryGetValue(account, out var spill)) spill = SpillOf(account);
        if (spill.Read(Chain) is { } kept && !await SpillMerge.RunAsync(writer, account, SpillPathOf(account), kept.Start, kept.Rows, Chain, _stopping.Token))
        {
            Lose(account, kept.Start);
            return false;
        }

        spill.Delete();
        _spills.Remove(account);
        return true;
    }

    private void Lose(string account, JournalEnd from)
    {
        _ends.Remove(account);
        if (!options.IsExclusive) return;
        var path = SpillPathOf(account);
        var left = File.Exists(path) ? $" What this one has written since lies in {path} and is not in it: compare it with the exchange, then move it away." : "";
        var sentence = string.Create(CultureInfo.InvariantCulture, $"Another service has taken account {account} in {server.Name} after fact {from.Last}; this one stops and does nothing more.{left}");
        _lost[account] = new JournalConflictException(sentence);
        _obstacle = sentence;
        KeeperNotes.LogLost(logger, sentence);
        _taken.TrySetResult(sentence);
    }

    private SpillFile SpillOf(string account) => new(SpillPathOf(account), account, Disk.Real);

    private string SpillPathOf(string account) => Path.Combine(options.SpillFolder, account + ".spill");

    private static bool Covers(Exception failed) => PostgresServer.Covers(failed) || failed is InvalidOperationException;
}
