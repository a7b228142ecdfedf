using System.Diagnostics;
using Npgsql;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>What a database has of this service.</summary>
/// <param name="SchemaVersion">0 without a schema.</param>
/// <param name="Latency">Of the quickest of a few questions.</param>
/// <param name="IsSafe">False when the server acknowledges what a power cut would lose.</param>
/// <param name="Bytes">Of the tables with their indices.</param>
/// <param name="Accounts">Facts and turns of each account.</param>
/// <param name="CandleFiles">How many the index knows.</param>
public sealed record StoreStatus(string Server, string Version, int SchemaVersion, TimeSpan Latency, bool IsSafe, long Bytes, IReadOnlyList<(string Account, long Facts, long Turns)> Accounts, long Snapshots, long Reminders, long CandleFiles)
{
    private const int Questions = 5;
    private const int FirstWithCandleFiles = 2;

    /// <exception cref="StoreException">The server cannot be reached or refuses.</exception>
    public static async Task<StoreStatus> AskAsync(PostgresServer server, CancellationToken cancellation = default)
    {
        await using var connection = await server.OpenAsync(cancellation);
        try
        {
            var version = (string)(await connection.ValueAsync("select current_setting('server_version')", cancellation))!;
            var isSafe = await connection.ValueAsync("select current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on'", cancellation) is true;
            var latency = TimeSpan.MaxValue;
            for (var i = 0; i < Questions; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await connection.ValueAsync("select 1", cancellation);
                if (Stopwatch.GetElapsedTime(start) is var taken && taken < latency) latency = taken;
            }

            var schema = await SchemaMigration.VersionAsync(connection, cancellation);
            if (schema == 0) return new StoreStatus(server.Name, version, 0, latency, isSafe, 0, [], 0, 0, 0);
            var bytes = (long)(await connection.ValueAsync("select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint from pg_class c where c.relnamespace = 'trader'::regnamespace and c.relkind = 'r'", cancellation))!;
            var accounts = new List<(string, long, long)>();
            await using (var command = connection.Command("select h.account, h.last, (select count(*) from trader.journal j where j.account = h.account) from trader.journal_head h order by h.account collate \"C\""))
            await using (var reader = await command.ExecuteReaderAsync(cancellation))
                while (await reader.ReadAsync(cancellation))
                    accounts.Add((reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)));
            return new StoreStatus(server.Name, version, schema, latency, isSafe, bytes, accounts, await CountAsync("state"), await CountAsync("reminder"), schema >= FirstWithCandleFiles ? await CountAsync("candle_file") : 0);
        }
        catch (Exception failed) when (PostgresServer.Covers(failed))
        {
            throw server.Failed(failed);
        }

        async Task<long> CountAsync(string table) => (long)(await connection.ValueAsync($"select count(*) from trader.{table}", cancellation))!;
    }

    /// <summary>Whether an account has a journal there.</summary>
    /// <exception cref="StoreException">The server cannot be reached or refuses.</exception>
    public static async Task<bool> HasAccountAsync(PostgresServer server, string account, CancellationToken cancellation = default)
    {
        await using var connection = await server.OpenAsync(cancellation);
        try
        {
            return await connection.ValueAsync("select 1 from trader.journal_head where account = $1", cancellation, account) is not null;
        }
        catch (NpgsqlException failed)
        {
            throw server.Failed(failed);
        }
    }
}
