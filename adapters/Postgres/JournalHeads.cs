using System.Globalization;
using Npgsql;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>The head of a journal beside its last row, read at one moment.</summary>
internal static class JournalHeads
{
    /// <summary>One row for the account $1, whether there is anything or not.</summary>
    public const string Text =
        """
        select h.last, h.mac, h.key_id, t.last, t.mac from (select 1) as always
        left join trader.journal_head h on h.account = $1
        left join lateral (select last, mac from trader.journal where account = $1 order by first desc limit 1) t on true
        """;

    /// <returns>Null where there is no journal.</returns>
    /// <exception cref="CorruptStateException">Head and rows disagree, or the rows are chained with another key.</exception>
    public static JournalEnd? Judge(NpgsqlDataReader row, string account, string keyId, string server)
    {
        var (head, last) = (EndOf(row, 0), EndOf(row, 3));
        if (head is not { } end)
            return last is null ? null : throw new CorruptStateException($"The journal of {account} in {server} has lost its head, so nobody can say whether its end was cut off; restore it from a backup, or take the end as it is with 'trader journal anchor'.");
        if (!string.Equals(row.GetString(2), keyId, StringComparison.Ordinal))
            throw new CorruptStateException($"The journal of {account} in {server} was written with another key; restore the key file that belongs to it.");
        return end.Last == 0 && last is null || end == last ? end : throw Shortened(account, server, end.Last, last?.Last ?? 0);
    }

    /// <param name="told">The number of the last fact as the head says it.</param>
    public static CorruptStateException Shortened(string account, string server, long told, long last) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The journal of {account} in {server} ends with fact {last}, but its head says that fact {told} was written: what lies between was cut off, added or replaced; nothing was changed. Restore it from a backup, or, if this is one, take its end as it is with 'trader journal anchor'."));

    /// <summary>A database that had more once: it was made anew, or restored from an older backup, or it is another one.</summary>
    /// <param name="known">The number of the last fact that it has.</param>
    /// <param name="had">That it had.</param>
    /// <param name="when">When it had, as the end of a sentence; null for the time of this process.</param>
    public static CorruptStateException Behind(string account, string server, long known, long had, string? when = null) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{server} {(known == 0 ? $"has no facts of account {account}" : $"ends with fact {known} of account {account}")}, but had {had}{when}: it was made anew, or restored from an older backup, or another database answers in its place; nothing was changed. Name the database that had them, or restore one that has."));

    /// <summary>A database that has nothing of this program any more.</summary>
    public static CorruptStateException WithoutTables(string server) => new($"{server} has no tables of this program any more: it was made anew, or another database answers in its place; nothing was changed. Name the database that had them, or restore one that has.");

    private static JournalEnd? EndOf(NpgsqlDataReader row, int column) => row.IsDBNull(column)
        ? null
        : new JournalEnd(row.GetInt64(column), JournalEnd.MacOf(row.GetFieldValue<byte[]>(column + 1)) ?? UInt128.Zero);
}
