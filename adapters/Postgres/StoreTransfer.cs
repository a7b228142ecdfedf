using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>Takes all state from a database to files, or the other way; what is there already is never touched.</summary>
/// <param name="journal">Folder of the journals.</param>
/// <param name="snapshots">Folder of the snapshots.</param>
/// <param name="reminders">File of the reminders.</param>
/// <param name="candles">File of the index of candle files.</param>
/// <param name="keyFile">The key that chains the journals on the side of the database.</param>
public sealed class StoreTransfer(PostgresServer server, string journal, string snapshots, string reminders, string candles, string keyFile)
{
    private const string SnapshotEnding = ".snapshot";

    /// <summary>Writes everything that the database has into files, as of one moment; a service may go on.</summary>
    /// <returns>A sentence for each account.</returns>
    /// <exception cref="StateFolderException">There is state in the files already, or they cannot be written.</exception>
    /// <exception cref="CorruptStateException">A journal is damaged.</exception>
    /// <exception cref="StoreException">The server cannot be reached or refuses.</exception>
    public Task<IReadOnlyList<string>> ExportAsync(CancellationToken cancellation = default) => WithAsync(async connection =>
    {
        RefuseFiles();
        var key = JournalKey.Read(keyFile);
        var fileKey = Path.Combine(journal, JournalKey.FileName);
        Directory.CreateDirectory(journal);
        if (!File.Exists(fileKey)) File.Copy(keyFile, fileKey);
        await using var moment = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var heads = new List<(string Account, JournalEnd End)>();
        await using (var command = connection.Command("select account, last, mac from trader.journal_head"))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
                heads.Add((reader.GetString(0), new JournalEnd(reader.GetInt64(1), JournalEnd.MacOf(reader.GetFieldValue<byte[]>(2)) ?? UInt128.Zero)));

        var told = new List<string>();
        foreach (var (account, head) in heads.OrderBy(one => one.Account, StringComparer.Ordinal)) told.Add(await ExportAsync(connection, account, head, key, cancellation));
        var files = new SnapshotFile();
        await using (var command = connection.Command("select name, version, body from trader.state"))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
                await files.WriteAsync(Path.Combine(snapshots, reader.GetString(0) + SnapshotEnding), SnapshotOf(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)), cancellation);

        var rows = await ReminderTable.ReadAsync(connection, cancellation);
        if (rows.Count > 0) await File.WriteAllBytesAsync(reminders, JsonSerializer.SerializeToUtf8Bytes(rows), cancellation);
        await ExportIndexAsync(connection, cancellation);
        return (IReadOnlyList<string>)told;
    }, cancellation);

    /// <summary>Writes everything that the files have into the database, all or nothing; no service may write the files meanwhile.</summary>
    /// <returns>A sentence for each account.</returns>
    /// <exception cref="StateFolderException">The files cannot be read, or another process uses them.</exception>
    /// <exception cref="CorruptStateException">A journal or a snapshot is damaged.</exception>
    /// <exception cref="StoreException">There is state in the database already, a journal has let go of facts, or the server cannot be reached or refuses.</exception>
    public Task<IReadOnlyList<string>> ImportAsync(CancellationToken cancellation = default) => WithAsync(async connection =>
    {
        var inspection = new JournalInspection(journal);
        foreach (var account in inspection.Accounts)
            if (inspection.LetGo(account) is > 0 and var gone)
                throw new StoreException(string.Create(CultureInfo.InvariantCulture, $"The journal of {account} in {journal} has let go of facts 1 to {gone} (State:RetentionDays), and one in PostgreSQL begins with fact 1; keep it in files. Nothing was changed."));
        await using var change = await connection.BeginTransactionAsync(cancellation);
        foreach (var table in (string[])["journal", "journal_head", "state", "reminder"])
            if (await connection.ValueAsync($"select 1 from trader.{table} limit 1", cancellation) is not null)
                throw new StoreException($"{server.Name} has state already, and nothing is written over; name a database without.");
        using var chain = new JournalChain(JournalKey.Take(keyFile, Disk.Real));
        var told = new List<string>();
        foreach (var account in inspection.Accounts) told.Add(await ImportAsync(connection, inspection, account, chain, cancellation));
        var files = new SnapshotFile();
        foreach (var path in Directory.Exists(snapshots) ? Directory.GetFiles(snapshots, "*" + SnapshotEnding) : [])
        {
            using var stored = JsonDocument.Parse((await files.ReadAsync(path, cancellation))!);
            var version = long.Parse(stored.RootElement.GetProperty("ETag").GetString()!, CultureInfo.InvariantCulture);
            await connection.RunAsync("insert into trader.state (name, version, body) values ($1, $2, $3)", cancellation, Path.GetFileName(path)[..^SnapshotEnding.Length], version, System.Text.Encoding.UTF8.GetBytes(stored.RootElement.GetProperty("State").GetRawText()));
        }

        if (File.Exists(reminders))
            foreach (var row in JsonSerializer.Deserialize<ReminderRow[]>(await File.ReadAllBytesAsync(reminders, cancellation))!)
                await ReminderTable.WriteAsync(connection, row, cancellation);
        if (await ImportIndexAsync(connection, cancellation) is { } lost) told.Add(lost);
        await change.CommitAsync(cancellation);
        return (IReadOnlyList<string>)told;
    }, cancellation);

    private async Task<string> ExportAsync(NpgsqlConnection connection, string account, JournalEnd head, byte[] key, CancellationToken cancellation)
    {
        var (end, turns) = (new JournalEnd(0, UInt128.Zero), 0L);
        using (var chain = new JournalChain(key))
        using (var file = new FileJournal(new JournalOptions { Folder = journal }))
        {
            // Many under way at once share a flush.
            var appends = new List<Task>();
            await foreach (var row in JournalReader.ReadAsync(connection, server.Name, account, chain, 0, long.MaxValue, long.MaxValue, cancellation))
            {
                appends.Add(file.AppendAsync(account, JournalReader.BatchOf(row, server.Name), cancellation).AsTask());
                (end, turns) = (row.End, turns + 1);
                if (appends.Count < 1_000) continue;
                await Task.WhenAll(appends);
                appends.Clear();
            }

            await Task.WhenAll(appends);
        }

        if (end != head && head.Last > 0) throw JournalHeads.Shortened(account, server.Name, head.Last, end.Last);
        if (turns == 0) return $"{account}: no facts.";
        var inspection = new JournalInspection(journal);
        inspection.Verify(account, cancellation);
        using var proof = new JournalChain(key);
        await CompareAsync(account, connection, proof, inspection, cancellation);
        return Told(account, end.Last, turns);
    }

    private async Task<string> ImportAsync(NpgsqlConnection connection, JournalInspection inspection, string account, JournalChain chain, CancellationToken cancellation)
    {
        inspection.Verify(account, cancellation);
        var (end, turns) = (new JournalEnd(0, chain.StartOf(account)), 0L);
        await using (var import = await connection.BeginBinaryImportAsync("copy trader.journal (account, first, last, mac, body) from stdin (format binary)", cancellation))
        {
            foreach (var batch in inspection.Read(account, cancellation))
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(batch, JournalJson.LineOptions);
                end = new JournalEnd(batch.LastSequence, chain.Next(end.Mac, batch.FirstSequence, batch.LastSequence, body));
                await import.StartRowAsync(cancellation);
                await import.WriteAsync(account, NpgsqlDbType.Text, cancellation);
                await import.WriteAsync(batch.FirstSequence, NpgsqlDbType.Bigint, cancellation);
                await import.WriteAsync(batch.LastSequence, NpgsqlDbType.Bigint, cancellation);
                await import.WriteAsync(JournalEnd.BytesOf(end.Mac), NpgsqlDbType.Bytea, cancellation);
                await import.WriteAsync(body, NpgsqlDbType.Bytea, cancellation);
                turns++;
            }

            await import.CompleteAsync(cancellation);
        }

        await connection.RunAsync("insert into trader.journal_head (account, last, mac, key_id) values ($1, $2, $3, $4)", cancellation, account, end.Last, JournalEnd.BytesOf(end.Mac), chain.KeyId);
        await CompareAsync(account, connection, chain, inspection, cancellation);
        return Told(account, end.Last, turns);
    }

    /// <summary>Reads both sides again and holds each turn of one against the other.</summary>
    private async Task CompareAsync(string account, NpgsqlConnection connection, JournalChain chain, JournalInspection inspection, CancellationToken cancellation)
    {
        using var files = inspection.Read(account, cancellation).GetEnumerator();
        await foreach (var row in JournalReader.ReadAsync(connection, server.Name, account, chain, 0, long.MaxValue, long.MaxValue, cancellation))
        {
            var isSame = files.MoveNext() && TextOf(files.Current).SequenceEqual(TextOf(JournalReader.BatchOf(row, server.Name)));
            if (!isSame) throw new CorruptStateException(string.Create(CultureInfo.InvariantCulture, $"Facts {row.First} to {row.Last} of {account} are not the same in {server.Name} and in {journal}."));
        }

        if (files.MoveNext()) throw new CorruptStateException($"The journal of {account} in {journal} has more facts than {server.Name}.");
    }

    private async Task ExportIndexAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        // A database of an earlier version has none.
        if (await connection.ValueAsync("select to_regclass('trader.candle_file')::text", cancellation) is null) return;
        var index = new FileCandleIndex(candles);
        foreach (var folder in (await PostgresCandleIndex.ReadAsync(connection, folder: null, cancellation)).GroupBy(row => row.Folder, StringComparer.Ordinal))
            await index.WriteAsync(folder.Key, [.. folder.Select(row => row.File)], gone: [], cancellation);
    }

    /// <returns>Why the index was left; null when it was not, or there is none.</returns>
    private async Task<string?> ImportIndexAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            foreach (var (folder, files) in await new FileCandleIndex(candles).ReadAllAsync(cancellation)) await PostgresCandleIndex.WriteAsync(connection, folder, files, cancellation);
            return null;
        }
        catch (CorruptStateException damaged)
        {
            return damaged.Message;
        }
    }

    private void RefuseFiles()
    {
        var isTaken = File.Exists(reminders)
            || (Directory.Exists(journal) && Directory.EnumerateFiles(journal).Any(path => Path.GetFileName(path).Contains(".journal", StringComparison.Ordinal)))
            || (Directory.Exists(snapshots) && Directory.EnumerateFiles(snapshots).Any());
        if (isTaken) throw new StateFolderException($"There is state in {Path.GetDirectoryName(Path.GetFullPath(reminders))} already, and nothing is written over; name a folder without.");
    }

    private static byte[] SnapshotOf(long version, byte[] state) => [.. System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"ETag\":\"{version}\",\"State\":")), .. state, .. "}"u8];

    private static byte[] TextOf(JournalBatch batch) => JsonSerializer.SerializeToUtf8Bytes(batch, JournalJson.LineOptions);

    private static string Told(string account, long facts, long turns) => string.Create(CultureInfo.InvariantCulture, $"{account}: {Counted.Of(facts, "fact")} in {Counted.Of(turns, "turn")}, verified on both sides.");

    private async Task<T> WithAsync<T>(Func<NpgsqlConnection, Task<T>> act, CancellationToken cancellation)
    {
        await using var connection = await server.OpenAsync(cancellation);
        try
        {
            return await act(connection);
        }
        catch (Exception failed) when (failed is NpgsqlException or TimeoutException)
        {
            throw server.Failed(failed);
        }
    }
}
