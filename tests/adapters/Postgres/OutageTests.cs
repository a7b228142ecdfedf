using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Adapters.Tests.Journal;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Postgres;

/// <summary>A server that goes, is slow, or comes back to somebody else.</summary>
public sealed class OutageTests : IDisposable
{
    private const string Account = "paper-1";

    private readonly JournalPlace _place = JournalPlace.Make();
    private readonly WaywardLine _line;
    private readonly string _direct;

    public OutageTests()
    {
        _direct = _place.Connection;
        _line = _place.GoOverLine();
    }

    /// <summary>For tests that wait until it is over; long enough for whatever is not held up.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(5);

    /// <summary>With another process that has the account.</summary>
    private static readonly TimeSpan Impatience = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string SpillPath => _place.SpillOf(Account);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task What_is_appended_while_the_server_is_away_is_brought_to_it_once_when_it_is_back()
    {
        var journal = _place.Open();
        await AppendAsync(journal, 1, 3);
        _line.Cut();
        await AppendAsync(journal, 4, 9);

        Assert.Contains("is away", journal.Obstacle, StringComparison.Ordinal);
        Assert.True(File.Exists(SpillPath));
        await Assert.ThrowsAsync<StoreException>(() => ReadAsync(journal));

        _line.Mend();
        await BackAsync(journal);
        await AppendAsync(journal, 10, 11);

        Assert.Equal(Enumerable.Range(1, 11).Select(first => Batches.Fills(first, 1)), await ReadAsync(journal), Batches.AreEqual);
        Assert.False(File.Exists(SpillPath));
        Assert.Equal(2, _place.Log.Warnings.Count);
        Assert.Contains("is away", _place.Log.Warnings[0], StringComparison.Ordinal);
        Assert.EndsWith("is back and has everything, 6 facts of the time without it included; positions are opened again", _place.Log.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outage_is_noticed_also_when_nothing_happens()
    {
        var journal = _place.Open();
        await AppendAsync(journal, 1, 1);
        _line.Cut();
        await UntilAsync(() => journal.Obstacle is not null);
        _line.Mend();
        await BackAsync(journal);
        await AppendAsync(journal, 2, 2);
        Assert.Equal(2, (await ReadAsync(journal)).Count);
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_on_the_way_is_there_once()
    {
        var journal = _place.Open();
        for (var first = 1; first <= 20; first++)
        {
            // Cut at any moment of it, before or after the server has committed.
            var append = AppendAsync(journal, first, first);
            if (first % 2 == 0) _line.Cut();
            await append;
            _line.Mend();
            await BackAsync(journal);
        }

        Assert.Equal(Enumerable.Range(1, 20).Select(first => Batches.Fills(first, 1)), await ReadAsync(journal), Batches.AreEqual);
    }

    [Fact]
    public async Task A_server_that_is_slower_than_can_be_waited_for_counts_as_away_and_nothing_is_doubled()
    {
        var journal = _place.Open(patience: Short);
        await AppendAsync(journal, 1, 1);
        _line.Freeze();
        await AppendAsync(journal, 2, 3);
        Assert.NotNull(journal.Obstacle);
        Assert.True(File.Exists(SpillPath));

        // What was under way reaches the server after all.
        _line.Mend();
        await BackAsync(journal);
        Assert.Equal([1L, 2L, 3L], (await ReadAsync(journal)).Select(batch => batch.FirstSequence));
    }

    [Fact]
    public async Task A_server_that_is_slow_but_not_too_slow_is_waited_for()
    {
        var journal = _place.Open(patience: TimeSpan.FromSeconds(30));
        await AppendAsync(journal, 1, 1);
        _line.Delay = TimeSpan.FromMilliseconds(200);
        await AppendAsync(journal, 2, 4);
        Assert.Null(journal.Obstacle);
        Assert.False(File.Exists(SpillPath));
        Assert.Equal(4, (await ReadAsync(journal)).Count);
    }

    [Fact]
    public async Task What_was_written_beside_the_server_survives_the_end_of_the_process()
    {
        await using (var first = _place.Open())
        {
            await AppendAsync(first, 1, 2);
            _line.Cut();
            await AppendAsync(first, 3, 5);
        }

        var refused = await Assert.ThrowsAsync<StoreException>(() => ReadAsync(_place.Open()));
        Assert.Contains("cannot be reached", refused.Message, StringComparison.Ordinal);
        _line.Mend();
        Assert.Equal([1L, 2L, 3L, 4L, 5L], (await ReadAsync(_place.Open())).Select(batch => batch.FirstSequence));
        Assert.False(File.Exists(SpillPath));
    }

    [Fact]
    public async Task A_spill_that_was_merged_already_is_merged_no_second_time()
    {
        await using (var first = _place.Open())
        {
            await AppendAsync(first, 1, 2);
            _line.Cut();
            await AppendAsync(first, 3, 5);
        }

        _line.Mend();
        var kept = await File.ReadAllBytesAsync(SpillPath, Cancellation);
        await using (var second = _place.Open()) await AppendAsync(second, 6, 7);
        // As after a power cut that brought the removed file back.
        await File.WriteAllBytesAsync(SpillPath, kept, Cancellation);

        var third = _place.Open();
        Assert.Equal([1L, 2L, 3L, 4L, 5L, 6L, 7L], (await ReadAsync(third)).Select(batch => batch.FirstSequence));
        Assert.False(File.Exists(SpillPath));
    }

    [Fact]
    public async Task Who_comes_back_to_an_account_that_another_has_taken_stops_and_changes_nothing()
    {
        var journal = _place.Open(options => options.LockPatience = Impatience);
        await AppendAsync(journal, 1, 2);
        _line.Cut();
        await AppendAsync(journal, 3, 4);
        var elsewhere = JournalPlaceWith(_direct);
        await using (var other = elsewhere)
        {
            await other.AppendAsync(Account, Batches.Fills(3, 2), Cancellation);
            _line.Mend();

            var sentence = await journal.Taken.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
            Assert.Contains($"Another service has taken account {Account}", sentence, StringComparison.Ordinal);
            Assert.Contains(SpillPath, sentence, StringComparison.Ordinal);
            await Assert.ThrowsAsync<JournalConflictException>(() => AppendAsync(journal, 5, 5));
            // No snapshot is written and no position opened while there is an obstacle.
            Assert.Equal(sentence, journal.Obstacle);
            Assert.DoesNotContain(_place.Log.Warnings, line => line.Contains("positions are opened again", StringComparison.Ordinal));
            await other.AppendAsync(Account, Batches.Fills(5, 1), Cancellation);
            Assert.Equal([1L, 2L, 3L, 5L], (await ReadAsync(other)).Select(batch => batch.FirstSequence));
        }

        // Nor does it go on later as if nothing had been.
        await Assert.ThrowsAsync<JournalConflictException>(() => ReadAsync(_place.Open()));
        Assert.True(File.Exists(SpillPath));
    }

    [Fact]
    public async Task A_spill_whose_bytes_were_changed_is_not_brought_to_the_server()
    {
        await using (var first = _place.Open())
        {
            await AppendAsync(first, 1, 2);
            _line.Cut();
            await AppendAsync(first, 3, 5);
        }

        _line.Mend();
        var bytes = await File.ReadAllBytesAsync(SpillPath, Cancellation);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(SpillPath, bytes, Cancellation);
        var damage = await Assert.ThrowsAsync<CorruptStateException>(() => ReadAsync(_place.Open()));
        Assert.Contains(SpillPath, damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_crashes_and_starts_again_keeps_all_that_was_acknowledged()
    {
        using var server = PrivateServer.StartOwn();
        using var place = JournalPlace.Make(server);
        var journal = place.Open();
        for (var round = 0; round < 3; round++)
        {
            var first = (round * 10) + 1;
            await AppendAsync(journal, first, first + 4);
            server.Crash();
            await AppendAsync(journal, first + 5, first + 9);
            server.Start();
            await BackAsync(journal);
        }

        Assert.Equal(Enumerable.Range(1, 30).Select(first => Batches.Fills(first, 1)), await ReadAsync(journal), Batches.AreEqual);
    }

    [Fact]
    public async Task What_the_server_was_about_to_commit_when_it_crashed_is_not_taken_for_written()
    {
        using var server = PrivateServer.StartOwn();
        using var place = JournalPlace.Make(server);
        var journal = place.Open(patience: TimeSpan.FromSeconds(30));
        await AppendAsync(journal, 1, 1);
        // Runs when the statement is done, and what it returns is ready for the client, but before the commit.
        await place.SqlAsync(
            """
            create function linger() returns trigger language plpgsql as $$ begin perform pg_sleep(60); return null; end $$;
            create constraint trigger lingers after insert on trader.journal deferrable initially deferred for each row execute function linger();
            """);
        var append = AppendAsync(journal, 2, 2);
        while (await place.ValueAsync("select 1 from pg_stat_activity where application_name like 'trader journal %' and wait_event = 'PgSleep'") is null) await Task.Delay(10, Cancellation);
        Assert.False(append.IsCompleted);
        server.Crash();
        await append;
        Assert.True(File.Exists(place.SpillOf(Account)));
        server.Start();
        await place.SqlAsync("drop trigger lingers on trader.journal");
        await BackAsync(journal);
        Assert.Equal(2, (await ReadAsync(journal)).Count);
    }

    [Fact]
    public async Task A_session_of_ones_own_that_is_stuck_on_the_server_with_the_account_is_nobody_else()
    {
        using var server = PrivateServer.StartOwn();
        using var place = JournalPlace.Make(server);
        var journal = place.Open(options => options.LockPatience = Impatience, Short);
        await AppendAsync(journal, 1, 3);
        var stuck = await place.ValueAsync("select pid from pg_stat_activity where application_name like 'trader journal %'");
        Signal("STOP", stuck);
        try
        {
            await AppendAsync(journal, 4, 6);
            await UntilAsync(() => place.Log.Warnings.Count > 1);
            Assert.Contains("has not ended the broken connection of this service that holds account paper-1", place.Log.Warnings[1], StringComparison.Ordinal);
            // Further attempts, each of which waits for the account: together longer than the patience with another process.
            var attempts = new HashSet<object>();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (attempts.Count < 4)
            {
                patience.Token.ThrowIfCancellationRequested();
                if (await place.ValueAsync($"select pid from pg_stat_activity where application_name like 'trader journal %' and pid <> {stuck}") is { } attempt) attempts.Add(attempt);
            }

            await AppendAsync(journal, 7, 7);
            Assert.NotNull(journal.Obstacle);
        }
        finally
        {
            Signal("CONT", stuck);
        }

        await BackAsync(journal);
        await AppendAsync(journal, 8, 8);
        Assert.False(journal.Taken.IsCompleted);
        Assert.Equal(Enumerable.Range(1, 8).Select(first => Batches.Fills(first, 1)), await ReadAsync(journal), Batches.AreEqual);
        Assert.Empty(Directory.GetFiles(place.SpillFolder));
        Assert.Equal(3, place.Log.Warnings.Count);
    }

    [Fact]
    public async Task Turns_wait_no_longer_than_a_second_for_an_account_that_somebody_else_holds()
    {
        var journal = _place.Open(options => options.LockPatience = TimeSpan.FromSeconds(20));
        await AppendAsync(journal, 1, 2);
        _line.Cut();
        await AppendAsync(journal, 3, 3);
        var (last, longest) = (3, TimeSpan.Zero);
        await using (var other = JournalPlaceWith(_direct))
        {
            Assert.Equal(2, (await ReadAsync(other)).Count);
            _line.Mend();
            // Until an attempt did wait for the account, and a turn with it, and for some more; one that waited as long as the patience would show.
            for (var since = System.Diagnostics.Stopwatch.StartNew(); since.Elapsed < TimeSpan.FromSeconds(5) || longest < TimeSpan.FromSeconds(0.5);)
            {
                Assert.True(since.Elapsed < TimeSpan.FromSeconds(60), "No turn had to wait.");
                var turn = System.Diagnostics.Stopwatch.GetTimestamp();
                await AppendAsync(journal, ++last, last);
                var taken = System.Diagnostics.Stopwatch.GetElapsedTime(turn);
                if (taken > longest) longest = taken;
            }

            Assert.NotNull(journal.Obstacle);
            Assert.False(journal.Taken.IsCompleted);
        }

        await BackAsync(journal);
        Assert.InRange(longest, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(15));
        Assert.Equal(Enumerable.Range(1, last).Select(first => Batches.Fills(first, 1)), await ReadAsync(journal), Batches.AreEqual);
    }

    [Fact]
    public async Task What_is_no_outage_is_told_once_and_tried_again_until_its_owner_has_mended_it()
    {
        using var server = PrivateServer.StartOwn();
        using var place = JournalPlace.Make(server);
        var password = Path.Combine(server.Folder, "pgpass");
        place.Connection += $";Passfile={password}";
        var journal = place.Open();
        await AppendAsync(journal, 1, 2);
        // From now on it asks for a password, and the file that has it is none.
        var rules = Path.Combine(server.Folder, "data", "pg_hba.conf");
        var before = await File.ReadAllTextAsync(rules, Cancellation);
        await File.WriteAllTextAsync(password, "this is no file of passwords", Cancellation);
        await File.WriteAllTextAsync(rules, before.Replace("trust", "password", StringComparison.Ordinal), Cancellation);
        await place.SqlAsync("select pg_reload_conf(); select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'trader journal %'");
        await AppendAsync(journal, 3, 4);
        await UntilAsync(() => place.Log.Warnings.Count > 1);
        Assert.Contains("could not be brought to it and will be tried again", place.Log.Warnings[1], StringComparison.Ordinal);
        Assert.Contains("until that is mended", journal.Obstacle, StringComparison.Ordinal);
        await AppendAsync(journal, 5, 5);
        await File.WriteAllTextAsync(rules, before, Cancellation);
        server.Stop();
        server.Start();
        await BackAsync(journal);
        Assert.Equal(Enumerable.Range(1, 5).Select(first => Batches.Fills(first, 1)), await ReadAsync(journal), Batches.AreEqual);
        Assert.Equal(3, place.Log.Warnings.Count);
    }

    [Fact]
    public async Task A_database_that_was_made_anew_or_has_less_is_told_as_that_and_taken_again_when_it_is_restored()
    {
        var journal = _place.Open();
        await AppendAsync(journal, 1, 4);
        _line.Cut();
        await UntilAsync(() => journal.Obstacle is not null);
        // Nothing was written beside it: an empty spill tells nothing.
        Assert.False(File.Exists(SpillPath));
        await SqlAsync("alter schema trader rename to kept");
        _line.Mend();
        await UntilAsync(() => journal.Obstacle!.Contains("has no tables of this program any more: it was made anew", StringComparison.Ordinal));
        await SqlAsync("create schema trader; create table trader.journal (like kept.journal); create table trader.journal_head (like kept.journal_head)");
        await UntilAsync(() => journal.Obstacle!.Contains($"has no facts of account {Account}, but had 4: it was made anew", StringComparison.Ordinal));
        await SqlAsync("insert into trader.journal select * from kept.journal where last < 3; insert into trader.journal_head select j.account, j.last, j.mac, h.key_id, now() from kept.journal j join kept.journal_head h using (account) where j.last = 2");
        await UntilAsync(() => journal.Obstacle!.Contains($"ends with fact 2 of account {Account}, but had 4", StringComparison.Ordinal));
        Assert.False(journal.Taken.IsCompleted);
        await SqlAsync("drop schema trader cascade; alter schema kept rename to trader");
        await BackAsync(journal);
        await AppendAsync(journal, 5, 5);
        Assert.Equal(Enumerable.Range(1, 5).Select(first => Batches.Fills(first, 1)), await ReadAsync(journal), Batches.AreEqual);
    }

    [Fact]
    public async Task A_journal_that_was_set_back_under_a_service_that_writes_it_is_told_as_that_and_what_follows_is_kept_beside()
    {
        var journal = _place.Open();
        await AppendAsync(journal, 1, 4);
        await SqlAsync("alter table trader.journal disable trigger all; create table trader.kept as select * from trader.journal where last > 2; delete from trader.journal where last > 2; update trader.journal_head h set last = j.last, mac = j.mac from trader.journal j where j.last = 2");
        await AppendAsync(journal, 5, 6);
        Assert.Contains($"ends with fact 2 of account {Account}, but had 4", journal.Obstacle, StringComparison.Ordinal);
        Assert.True(File.Exists(SpillPath));
        Assert.False(journal.Taken.IsCompleted);
        await SqlAsync("insert into trader.journal select * from trader.kept; update trader.journal_head h set last = j.last, mac = j.mac from trader.journal j where j.last = 4; alter table trader.journal enable trigger all");
        await BackAsync(journal);
        Assert.Equal(Enumerable.Range(1, 6).Select(first => Batches.Fills(first, 1)), await ReadAsync(journal), Batches.AreEqual);
    }

    /// <summary>By the straight way.</summary>
    private async Task SqlAsync(string text)
    {
        (var own, _place.Connection) = (_place.Connection, _direct);
        await _place.SqlAsync(text);
        _place.Connection = own;
    }

    private static void Signal(string name, object? process)
    {
        using var kill = System.Diagnostics.Process.Start("kill", [$"-{name}", $"{process}"]);
        kill.WaitForExit();
    }

    private PostgresJournal JournalPlaceWith(string connection)
    {
        // Another machine with the same key.
        (var own, _place.Connection) = (_place.Connection, connection);
        var journal = _place.Open(options =>
        {
            options.SpillFolder = _place.SpillFolder + "-elsewhere";
            options.LockPatience = TimeSpan.FromSeconds(10);
        });
        _place.Connection = own;
        return journal;
    }

    private static async Task AppendAsync(PostgresJournal journal, int from, int to)
    {
        for (var first = from; first <= to; first++) await journal.AppendAsync(Account, Batches.Fills(first, 1), Cancellation);
    }

    private static async Task<List<JournalBatch>> ReadAsync(PostgresJournal journal) => await journal.ReadAsync(Account, 0, Cancellation).ToListAsync(Cancellation);

    private static Task BackAsync(PostgresJournal journal) => UntilAsync(() => journal.Obstacle is null);

    private static async Task UntilAsync(Func<bool> isReached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isReached()) await Task.Delay(10, patience.Token);
    }
}
