using Npgsql;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>Documents by name, each with a version that a writer has to know.</summary>
public sealed class StateTable(PostgresServer server)
{
    /// <returns>Null when there is none.</returns>
    /// <exception cref="StoreException">The server cannot be reached or refuses.</exception>
    public Task<(long Version, byte[] Body)?> ReadAsync(string name, CancellationToken cancellation = default) => WithAsync<(long, byte[])?>(async connection =>
    {
        await using var command = connection.Command("select version, body from trader.state where name = $1", name);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : null;
    }, cancellation);

    /// <param name="known">The version that the writer knows; null when it knows of none.</param>
    /// <returns>False when another version is stored, and then nothing has changed.</returns>
    /// <exception cref="StoreException">The server cannot be reached or refuses.</exception>
    public Task<bool> WriteAsync(string name, long? known, byte[] body, CancellationToken cancellation = default) => WithAsync(
        async connection => known is { } version
            ? await connection.RunAsync("update trader.state set version = version + 1, body = $3, written = now() where name = $1 and version = $2", cancellation, name, version, body) == 1
            : await connection.RunAsync("insert into trader.state (name, version, body) values ($1, 1, $2) on conflict do nothing", cancellation, name, body) == 1,
        cancellation);

    /// <returns>False when another version is stored, and then nothing has changed.</returns>
    /// <exception cref="StoreException">The server cannot be reached or refuses.</exception>
    public Task<bool> DeleteAsync(string name, long? known, CancellationToken cancellation = default) => WithAsync(
        async connection => known is { } version
            ? await connection.RunAsync("delete from trader.state where name = $1 and version = $2", cancellation, name, version) == 1
            : await connection.ValueAsync("select 1 from trader.state where name = $1", cancellation, name) is null,
        cancellation);

    private async Task<T> WithAsync<T>(Func<NpgsqlConnection, Task<T>> act, CancellationToken cancellation)
    {
        await using var connection = await server.OpenAsync(cancellation);
        try
        {
            return await act(connection);
        }
        catch (Exception failed) when (PostgresServer.Covers(failed))
        {
            throw server.Failed(failed);
        }
    }
}
