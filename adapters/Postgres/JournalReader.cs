using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>Reads the rows of a journal in order and holds each against the chain.</summary>
internal static class JournalReader
{
    /// <param name="from">The rows before the one that holds this fact are left out; 0 for all.</param>
    /// <param name="upTo">The last fact that is read.</param>
    /// <param name="highest">Rows that begin after this fact are left out.</param>
    /// <exception cref="CorruptStateException">A row is not as it was written, or not where.</exception>
    public static async IAsyncEnumerable<JournalRow> ReadAsync(NpgsqlConnection connection, string server, string account, JournalChain chain, long from, long upTo, long highest, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var end = await BeforeAsync(connection, account, chain, from, cancellation);
        await using var command = connection.Command("select first, last, mac, body from trader.journal where account = $1 and first > $2 and last <= $3 and first <= $4 order by first", account, end.Last, upTo, highest);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var row = new JournalRow(account, reader.GetInt64(0), reader.GetInt64(1), JournalEnd.MacOf(reader.GetFieldValue<byte[]>(2)) ?? UInt128.Zero, reader.GetFieldValue<byte[]>(3));
            if (row.First != end.Last + 1 || row.Last < row.First - 1)
                throw Damaged(server, account, string.Create(CultureInfo.InvariantCulture, $"facts {row.First} to {row.Last} where {end.Last + 1} must follow"));
            if (chain.Next(end.Mac, row.First, row.Last, row.Body) != row.Mac)
                throw Damaged(server, account, string.Create(CultureInfo.InvariantCulture, $"facts {row.First} to {row.Last} are not as they were written, or not where"));
            end = row.End;
            yield return row;
        }
    }

    /// <exception cref="CorruptStateException">It cannot be read by this version.</exception>
    public static JournalBatch BatchOf(in JournalRow row, string server)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalBatch>(row.Body, JournalJson.LineOptions) ?? throw new JsonException("it is empty");
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or NotSupportedException)
        {
            throw new CorruptStateException(string.Create(CultureInfo.InvariantCulture, $"The journal of {row.Account} in {server} has a batch that ends with fact {row.Last} and cannot be read by this version: {unreadable.Message}"), unreadable);
        }
    }

    /// <summary>The end of the row before the one that holds the fact.</summary>
    private static async Task<JournalEnd> BeforeAsync(NpgsqlConnection connection, string account, JournalChain chain, long from, CancellationToken cancellation)
    {
        var start = new JournalEnd(0, chain.StartOf(account));
        if (from <= 1) return start;
        await using var command = connection.Command("select last, mac from trader.journal where account = $1 and first < $2 order by first desc limit 2", account, from);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            if (reader.GetInt64(0) < from)
                return new JournalEnd(reader.GetInt64(0), JournalEnd.MacOf(reader.GetFieldValue<byte[]>(1)) ?? UInt128.Zero);
        return start;
    }

    private static CorruptStateException Damaged(string server, string account, string what) =>
        new($"The journal of {account} in {server} is damaged: {what}; nothing was changed, restore it from a backup.");
}
