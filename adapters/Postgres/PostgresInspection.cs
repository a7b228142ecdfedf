using Npgsql;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>Looks at the journals of a database from outside.</summary>
/// <param name="keyFile">The key that chains them.</param>
public sealed class PostgresInspection(PostgresServer server, string keyFile) : IJournalInspection
{
    /// <summary>How long a service that stops may take to let an account go.</summary>
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(1);

    public IReadOnlyList<string> Accounts => Ask(async connection =>
    {
        var accounts = new List<string>();
        await using var command = connection.Command("select account from trader.journal_head union select distinct account from trader.journal");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) accounts.Add(reader.GetString(0));
        accounts.Sort(StringComparer.Ordinal);
        return accounts;
    });

    public JournalReport Verify(string account, CancellationToken cancellation = default) => Ask(connection => VerifyAsync(connection, account, cancellation));

    public JournalReport Anchor(string account, CancellationToken cancellation = default) => Ask(async _ =>
    {
        using var chain = new JournalChain(JournalKey.Read(keyFile));
        // Whoever writes it at the same time must not be taken for the end.
        await using var writer = await JournalWriter.OpenAsync(server, $"trader anchor {Guid.NewGuid():N}", cancellation);
        if (!await writer.LockAsync(account, LockPatience, cancellation)) throw new StoreException($"A service writes account {account} in {server.Name}; stop it first.");
        await using var connection = await server.OpenAsync(cancellation);
        var (report, end) = await ReadAsync(connection, account, chain, cancellation);
        await connection.RunAsync(
            """
            insert into trader.journal_head (account, last, mac, key_id) values ($1, $2, $3, $4)
            on conflict (account) do update set last = excluded.last, mac = excluded.mac, key_id = excluded.key_id, written = now()
            """, cancellation, account, end.Last, JournalEnd.BytesOf(end.Mac), chain.KeyId);
        return report;
    });

    public IEnumerable<JournalBatch> Read(string account, CancellationToken cancellation = default)
    {
        using var chain = new JournalChain(JournalKey.Read(keyFile));
        using var connection = Ask(_ => server.OpenAsync(cancellation));
        foreach (var row in JournalReader.ReadAsync(connection, server.Name, account, chain, 0, long.MaxValue, long.MaxValue, cancellation).ToBlockingEnumerable(cancellation))
            yield return JournalReader.BatchOf(row, server.Name);
    }

    /// <summary>As of one moment: a service may go on writing.</summary>
    private async Task<JournalReport> VerifyAsync(NpgsqlConnection connection, string account, CancellationToken cancellation)
    {
        using var chain = new JournalChain(JournalKey.Read(keyFile));
        await using var moment = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var (report, end) = await ReadAsync(connection, account, chain, cancellation);
        await using var command = connection.Command(JournalHeads.Text, account);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var head = JournalHeads.Judge(reader, account, chain.KeyId, server.Name) ?? throw new StoreException($"There is no journal of {account} in {server.Name}.");
        return head == end ? report : throw JournalHeads.Shortened(account, server.Name, head.Last, end.Last);
    }

    private async Task<(JournalReport Report, JournalEnd End)> ReadAsync(NpgsqlConnection connection, string account, JournalChain chain, CancellationToken cancellation)
    {
        var (end, batches, bytes) = (new JournalEnd(0, chain.StartOf(account)), 0L, 0L);
        await foreach (var row in JournalReader.ReadAsync(connection, server.Name, account, chain, 0, long.MaxValue, long.MaxValue, cancellation))
            (end, batches, bytes) = (row.End, batches + 1, bytes + row.Body.Length);
        return (new JournalReport(account, batches, end.Last, bytes, UnfinishedBytes: 0), end);
    }

    private T Ask<T>(Func<NpgsqlConnection, Task<T>> ask) => Task.Run(async () =>
    {
        try
        {
            await using var connection = await server.OpenAsync(CancellationToken.None);
            return await ask(connection);
        }
        catch (PostgresException missing) when (string.Equals(missing.SqlState, PostgresErrorCodes.UndefinedTable, StringComparison.Ordinal))
        {
            throw new StoreException($"{server.Name} has no journals yet; 'trader db migrate' makes the tables.", missing);
        }
        catch (Exception failed) when (PostgresServer.Covers(failed))
        {
            throw server.Failed(failed);
        }
    }).GetAwaiter().GetResult();
}
