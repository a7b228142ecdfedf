using System.Globalization;
using Npgsql;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>Brings the schema <c>trader</c> of a database to the version of this program: each script once, one program at a time.</summary>
public static class SchemaMigration
{
    /// <summary>Whoever changes the schema holds this lock of the database.</summary>
    private const long Lock = 0x7472_6164_6572_0001;

    /// <summary>The version that this program needs.</summary>
    public static int Newest => SchemaScript.All[^1].Version;

    /// <returns>How many scripts were missing.</returns>
    /// <exception cref="StoreException">The server cannot be reached, refuses, or has a schema that is newer or was changed by another hand.</exception>
    public static Task<int> ApplyAsync(PostgresServer server, CancellationToken cancellation = default) => ApplyAsync(server, SchemaScript.All, cancellation);

    internal static async Task<int> ApplyAsync(PostgresServer server, IReadOnlyList<SchemaScript> scripts, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await server.OpenAsync(cancellation);
            // Who may not create anything can still use what its owner has created.
            if (await MissingAsync(connection, server, scripts, cancellation) is { Count: 0 }) return 0;
            await connection.RunAsync("select pg_advisory_lock($1)", cancellation, Lock);
            try
            {
                await connection.RunAsync(
                    """
                    create schema if not exists trader;
                    create table if not exists trader.schema_version (version int primary key, name text not null, checksum text not null, applied timestamptz not null default now())
                    """, cancellation);
                var missing = await MissingAsync(connection, server, scripts, cancellation);
                foreach (var script in missing) await ApplyAsync(connection, script, cancellation);
                return missing.Count;
            }
            finally
            {
                await connection.RunAsync("select pg_advisory_unlock($1)", CancellationToken.None, Lock);
            }
        }
        catch (PostgresException refused)
        {
            throw new StoreException($"{server.Name} does not take the schema of this program: {PostgresServer.Text(refused)}; run 'trader db migrate' as a user who may create it.", refused);
        }
        catch (Exception failed) when (PostgresServer.Covers(failed))
        {
            throw server.Unreachable(failed);
        }
    }

    /// <summary>The version that a database has; 0 without a schema.</summary>
    internal static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        await AppliedAsync(connection, cancellation) is { Count: > 0 } applied ? applied.Keys.Max() : 0;

    private static async Task<List<SchemaScript>> MissingAsync(NpgsqlConnection connection, PostgresServer server, IReadOnlyList<SchemaScript> scripts, CancellationToken cancellation)
    {
        var applied = await AppliedAsync(connection, cancellation);
        if (applied.Count > 0 && applied.Keys.Max() is var version && version > scripts[^1].Version)
            throw new StoreException(string.Create(CultureInfo.InvariantCulture, $"{server.Name} has version {version} of the schema, and this program knows {scripts[^1].Version} at the most; start the program that made it, or a newer one."));
        foreach (var script in scripts)
        {
            if (applied.TryGetValue(script.Version, out var checksum) && !string.Equals(checksum, script.Checksum, StringComparison.Ordinal))
                throw new StoreException($"{server.Name} was given another {script.Name} than this program has; start the program that made it.");
        }

        return [.. scripts.Where(script => !applied.ContainsKey(script.Version))];
    }

    private static async Task<Dictionary<int, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var applied = new Dictionary<int, string>();
        if (await connection.ValueAsync("select to_regclass('trader.schema_version')::text", cancellation) is not string) return applied;
        await using var command = connection.Command("select version, checksum from trader.schema_version");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) applied[reader.GetInt32(0)] = reader.GetString(1);
        return applied;
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, SchemaScript script, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.RunAsync(script.Text, cancellation);
        await connection.RunAsync("insert into trader.schema_version (version, name, checksum) values ($1, $2, $3)", cancellation, script.Version, script.Name, script.Checksum);
        await transaction.CommitAsync(cancellation);
    }
}
