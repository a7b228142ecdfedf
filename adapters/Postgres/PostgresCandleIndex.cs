using Npgsql;
using NpgsqlTypes;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>An index of candle files in a table; several services may share it.</summary>
public sealed class PostgresCandleIndex(PostgresServer server) : ICandleIndex
{
    /// <exception cref="StoreException">The server cannot be reached or refuses.</exception>
    public async ValueTask<IReadOnlyList<IndexedCandleFile>> ReadAsync(string folder, CancellationToken cancellation = default)
    {
        IReadOnlyList<IndexedCandleFile> files = [];
        await WithAsync(async connection => files = [.. (await ReadAsync(connection, folder, cancellation)).Select(row => row.File)], cancellation);
        return files;
    }

    /// <exception cref="StoreException">The server cannot be reached or refuses.</exception>
    public async ValueTask WriteAsync(string folder, IReadOnlyCollection<IndexedCandleFile> found, IReadOnlyCollection<string> gone, CancellationToken cancellation = default) => await WithAsync(async connection =>
    {
        if (gone.Count > 0) await connection.RunAsync("delete from trader.candle_file where folder = $1 and name = any($2)", cancellation, folder, gone.ToArray());
        if (found.Count > 0) await WriteAsync(connection, folder, found, cancellation);
    }, cancellation);

    /// <param name="folder">Null for all.</param>
    internal static async Task<List<(string Folder, IndexedCandleFile File)>> ReadAsync(NpgsqlConnection connection, string? folder, CancellationToken cancellation)
    {
        var rows = new List<(string, IndexedCandleFile)>();
        await using var command = connection.Command(
            """
            select name, length, written_ticks, sample, first_open, last_open, first_price, candles, price_decimals, missing, longest_gap, gap_from, folder
            from trader.candle_file where $1::text is null or folder = $1
            """, folder is null ? DBNull.Value : folder);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var mark = new CandleFileMark(reader.GetInt64(1), new DateTime(reader.GetInt64(2), DateTimeKind.Utc), reader.GetString(3));
            var gapFrom = await reader.IsDBNullAsync(11, cancellation) ? (DateTime?)null : reader.GetDateTime(11);
            var facts = new CandleFileFacts(reader.GetDateTime(4), reader.GetDateTime(5), reader.GetDouble(6), reader.GetInt32(7), reader.GetInt32(8), reader.GetInt64(9), reader.GetTimeSpan(10), gapFrom);
            rows.Add((reader.GetString(12), new(reader.GetString(0), mark, facts)));
        }

        return rows;
    }

    internal static Task WriteAsync(NpgsqlConnection connection, string folder, IReadOnlyCollection<IndexedCandleFile> found, CancellationToken cancellation)
    {
        // All writers lock rows in the same order.
        var files = found.OrderBy(file => file.Name, StringComparer.Ordinal).ToArray();
        return connection.RunAsync(
            """
            insert into trader.candle_file (folder, name, length, written_ticks, sample, first_open, last_open, first_price, candles, price_decimals, missing, longest_gap, gap_from)
            select $1, * from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (folder, name) do update set (length, written_ticks, sample, first_open, last_open, first_price, candles, price_decimals, missing, longest_gap, gap_from)
                = (excluded.length, excluded.written_ticks, excluded.sample, excluded.first_open, excluded.last_open, excluded.first_price, excluded.candles, excluded.price_decimals, excluded.missing, excluded.longest_gap, excluded.gap_from)
            """,
            cancellation,
            folder,
            Array.ConvertAll(files, file => file.Name),
            Array.ConvertAll(files, file => file.Mark.Length),
            Array.ConvertAll(files, file => file.Mark.Written.Ticks),
            Array.ConvertAll(files, file => file.Mark.Sample),
            Array.ConvertAll(files, file => file.Facts.FirstOpen),
            Array.ConvertAll(files, file => file.Facts.LastOpen),
            Array.ConvertAll(files, file => file.Facts.FirstPrice),
            Array.ConvertAll(files, file => file.Facts.Candles),
            Array.ConvertAll(files, file => file.Facts.PriceDecimals),
            Array.ConvertAll(files, file => file.Facts.Missing),
            Array.ConvertAll(files, file => file.Facts.LongestGap),
            new NpgsqlParameter { Value = Array.ConvertAll(files, file => file.Facts.GapFrom), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
    }

    private async Task WithAsync(Func<NpgsqlConnection, Task> act, CancellationToken cancellation)
    {
        await using var connection = await server.OpenAsync(cancellation);
        try
        {
            await act(connection);
        }
        catch (Exception failed) when (PostgresServer.Covers(failed))
        {
            throw server.Failed(failed);
        }
    }
}
