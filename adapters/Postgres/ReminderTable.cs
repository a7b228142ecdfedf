using Npgsql;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>The reminders of grains.</summary>
public sealed class ReminderTable(PostgresServer server)
{
    /// <exception cref="StoreException">The server cannot be reached or refuses.</exception>
    public Task<IReadOnlyList<ReminderRow>> ReadAsync(CancellationToken cancellation = default) => WithAsync(connection => ReadAsync(connection, cancellation), cancellation);

    /// <summary>Adds the reminder or replaces the one of the same grain and name.</summary>
    /// <exception cref="StoreException">The server cannot be reached or refuses.</exception>
    public Task WriteAsync(ReminderRow row, CancellationToken cancellation = default) => WithAsync(connection => WriteAsync(connection, row, cancellation), cancellation);

    /// <summary>Removes the reminder if there is one.</summary>
    /// <exception cref="StoreException">The server cannot be reached or refuses.</exception>
    public Task RemoveAsync(string grain, string name, CancellationToken cancellation = default) =>
        WithAsync(connection => connection.RunAsync("delete from trader.reminder where grain = $1 and name = $2", cancellation, grain, name), cancellation);

    internal static async Task<IReadOnlyList<ReminderRow>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var rows = new List<ReminderRow>();
        await using var command = connection.Command("select grain, name, start_ticks, period_ticks from trader.reminder order by grain, name");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            rows.Add(new ReminderRow(reader.GetString(0), reader.GetString(1), new DateTimeOffset(reader.GetInt64(2), TimeSpan.Zero), new TimeSpan(reader.GetInt64(3))));
        return rows;
    }

    internal static Task<int> WriteAsync(NpgsqlConnection connection, ReminderRow row, CancellationToken cancellation) => connection.RunAsync(
        """
        insert into trader.reminder (grain, name, start_ticks, period_ticks) values ($1, $2, $3, $4)
        on conflict (grain, name) do update set start_ticks = excluded.start_ticks, period_ticks = excluded.period_ticks
        """, cancellation, row.Grain, row.Name, row.StartAt.UtcTicks, row.Period.Ticks);

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
