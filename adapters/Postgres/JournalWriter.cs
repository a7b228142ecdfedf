using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>The one connection by which this process writes journals; the accounts that it writes are locked as long as it lives.</summary>
internal sealed class JournalWriter : IAsyncDisposable
{
    /// <summary>Moves the heads on and adds the rows, each account's whole or not at all, all in one transaction.</summary>
    private const string AppendText =
        """
        with wanted as materialized (
            select * from unnest($1::text[], $2::bigint[], $3::bytea[], $4::bigint[], $5::bytea[]) as w(account, from_last, from_mac, last, mac)),
        moved as (
            update trader.journal_head h set last = w.last, mac = w.mac, written = now() from wanted w
            where h.account = w.account and h.last = w.from_last and h.mac = w.from_mac
            returning h.account),
        added as (
            insert into trader.journal (account, first, last, mac, body)
            select r.account, r.first, r.last, r.mac, r.body
            from unnest($6::text[], $7::bigint[], $8::bigint[], $9::bytea[], $10::bytea[]) as r(account, first, last, mac, body)
            where r.account in (select account from moved))
        select account from moved
        """;

    /// <summary>A lock of a 64 bit key is listed in two halves.</summary>
    private const string HoldersText =
        """
        select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'advisory' and l.granted and l.database = (select oid from pg_database where datname = current_database())
            and ((l.classid::bigint << 32) | l.objid::bigint) = $1 and l.objsubid = 1 and a.application_name <> $2
        """;

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(100);

    private readonly NpgsqlConnection _connection;
    private readonly PostgresServer _server;
    private readonly NpgsqlCommand _append;
    private readonly NpgsqlParameter<string[]> _accounts = new(), _owners = new();
    private readonly NpgsqlParameter<long[]> _fromLasts = new(), _toLasts = new(), _firsts = new(), _lasts = new();
    private readonly NpgsqlParameter<byte[][]> _fromMacs = new(), _toMacs = new(), _macs = new(), _bodies = new();

    private JournalWriter(NpgsqlConnection connection, PostgresServer server)
    {
        (_connection, _server) = (connection, server);
        _append = connection.Command(AppendText);
        foreach (var parameter in (NpgsqlParameter[])[_accounts, _fromLasts, _fromMacs, _toLasts, _toMacs, _owners, _firsts, _lasts, _macs, _bodies]) _append.Parameters.Add(parameter);
    }

    /// <summary>Server and database in words.</summary>
    public string Server => _server.Name;

    /// <param name="session">Names this process on the server: a session of that name that is left there by a broken connection is ended.</param>
    public static async Task<JournalWriter> OpenAsync(PostgresServer server, string session, CancellationToken cancellation)
    {
        var connection = server.CreateWriter(session);
        try
        {
            await connection.OpenAsync(cancellation);
            await connection.RunAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid() and usename = current_user", cancellation, session);
            // What is acknowledged is on the server's disk, whatever the server does by default; and locks of a machine that is gone end soon.
            await connection.RunAsync("select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'", cancellation);
            await connection.RunAsync("select set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false), set_config('tcp_keepalives_count', '3', false)", cancellation);
            return new JournalWriter(connection, server);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the account for this connection.</summary>
    /// <returns>False when another process has it and keeps it that long.</returns>
    public async Task<bool> LockAsync(string account, TimeSpan patience, CancellationToken cancellation)
    {
        var key = LockOf(account);
        for (var waited = TimeSpan.Zero; ; waited += LockPause)
        {
            if (await _connection.ValueAsync("select pg_try_advisory_lock($1)", cancellation, key) is true) return true;
            if (waited >= patience) return false;
            await Task.Delay(LockPause, cancellation);
        }
    }

    /// <summary>True when sessions of other names have the account.</summary>
    public async Task<bool> IsHeldByOthersAsync(string account, string session, CancellationToken cancellation) =>
        await _connection.ValueAsync(HoldersText, cancellation, LockOf(account), session) is not null;

    /// <summary>Where the journal of an account ends; null where there is none.</summary>
    /// <exception cref="CorruptStateException">Head and rows disagree, or the rows are chained with another key.</exception>
    public async Task<JournalEnd?> EndAsync(string account, string keyId, CancellationToken cancellation)
    {
        await using var command = _connection.Command(JournalHeads.Text, account);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return JournalHeads.Judge(reader, account, keyId, _server.Name);
    }

    /// <summary>True when the account has a row that ends so.</summary>
    public async Task<bool> HasAsync(string account, JournalEnd end, CancellationToken cancellation) =>
        await _connection.ValueAsync("select last = $2 and mac = $3 from trader.journal where account = $1 and first <= $2 order by first desc limit 1", cancellation, account, end.Last, JournalEnd.BytesOf(end.Mac)) is true;

    /// <summary>Makes the head of an account that has none yet.</summary>
    public Task BeginAsync(string account, JournalEnd start, string keyId, CancellationToken cancellation) =>
        _connection.RunAsync("insert into trader.journal_head (account, last, mac, key_id) values ($1, $2, $3, $4) on conflict do nothing", cancellation, account, start.Last, JournalEnd.BytesOf(start.Mac), keyId);

    /// <returns>The accounts whose rows are durable; the others' journals ended elsewhere, and nothing of them was written.</returns>
    public async Task<HashSet<string>> AppendAsync(IReadOnlyCollection<JournalMove> moves, IReadOnlyCollection<JournalRow> rows, CancellationToken cancellation)
    {
        _accounts.TypedValue = [.. moves.Select(move => move.Account)];
        _fromLasts.TypedValue = [.. moves.Select(move => move.From.Last)];
        _fromMacs.TypedValue = [.. moves.Select(move => JournalEnd.BytesOf(move.From.Mac))];
        _toLasts.TypedValue = [.. moves.Select(move => move.To.Last)];
        _toMacs.TypedValue = [.. moves.Select(move => JournalEnd.BytesOf(move.To.Mac))];
        _owners.TypedValue = [.. rows.Select(row => row.Account)];
        _firsts.TypedValue = [.. rows.Select(row => row.First)];
        _lasts.TypedValue = [.. rows.Select(row => row.Last)];
        _macs.TypedValue = [.. rows.Select(row => JournalEnd.BytesOf(row.Mac))];
        _bodies.TypedValue = [.. rows.Select(row => row.Body)];
        if (!_append.IsPrepared) await _append.PrepareAsync(cancellation);
        var moved = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await _append.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) moved.Add(reader.GetString(0));
        // Only then has it committed; to let go of the reader would not tell of a wait that was too long.
        await reader.NextResultAsync(cancellation);
        return moved;
    }

    /// <summary>Fails when the server is not there any more.</summary>
    public Task LookAsync(CancellationToken cancellation) => _connection.RunAsync("select 1", cancellation);

    private static long LockOf(string account) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"trader journal {account}")));

    public async ValueTask DisposeAsync()
    {
        await _append.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
