using Npgsql;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>Statements with numbered parameters, in one line each.</summary>
internal static class Statements
{
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string text, params object[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }

    /// <returns>How many rows it has changed.</returns>
    public static async Task<int> RunAsync(this NpgsqlConnection connection, string text, CancellationToken cancellation, params object[] values)
    {
        await using var command = connection.Command(text, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <returns>The first value of the first row; null where there is none.</returns>
    public static async Task<object?> ValueAsync(this NpgsqlConnection connection, string text, CancellationToken cancellation, params object[] values)
    {
        await using var command = connection.Command(text, values);
        return await command.ExecuteScalarAsync(cancellation) is { } value and not DBNull ? value : null;
    }
}
