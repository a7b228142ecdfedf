using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Adapters.Tests.Journal;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Postgres;

public sealed class PostgresJournalTests : JournalContract, IDisposable
{
    private readonly JournalPlace _place = JournalPlace.Make();
    private readonly Lazy<PostgresJournal> _journal;

    public PostgresJournalTests() => _journal = new(() => _place.Open());

    protected override IJournal Journal => _journal.Value;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task What_was_appended_is_there_for_the_next_process()
    {
        await Journal.AppendAsync(Account, Batches.Fills(1, 2), Cancellation);
        await _journal.Value.DisposeAsync();

        await using var next = _place.Open();
        await next.AppendAsync(Account, Batches.Fills(3, 1), Cancellation);

        Assert.Equal([Batches.Fills(1, 2), Batches.Fills(3, 1)], await next.ReadAsync(Account, 0, Cancellation).ToListAsync(Cancellation), Batches.AreEqual);
    }

    [Fact]
    public async Task Many_accounts_at_once_each_get_all_of_theirs_in_order()
    {
        var accounts = Enumerable.Range(1, 20).Select(i => $"paper-{i}").ToList();
        var appends = new List<Task>();
        for (var first = 1; first <= 50; first++)
            foreach (var account in accounts)
                appends.Add(Journal.AppendAsync(account, Batches.Fills(first, 1), Cancellation).AsTask());
        await Task.WhenAll(appends);

        foreach (var account in accounts)
            Assert.Equal(Enumerable.Range(1, 50).Select(first => Batches.Fills(first, 1)), await Journal.ReadAsync(account, 0, Cancellation).ToListAsync(Cancellation), Batches.AreEqual);
    }

    [Fact]
    public async Task A_second_process_is_told_that_the_account_is_in_use_and_gets_it_when_it_is_free()
    {
        await Journal.AppendAsync(Account, Batches.Fills(1, 1), Cancellation);
        await using var second = _place.Open();

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await second.ReadAsync(Account, 0, Cancellation).ToListAsync(Cancellation));
        Assert.StartsWith($"Another service writes account {Account} in PostgreSQL at ", refused.Message, StringComparison.Ordinal);
        await _journal.Value.DisposeAsync();
        await second.AppendAsync(Account, Batches.Fills(2, 1), Cancellation);
    }

    [Fact]
    public async Task Of_two_processes_without_a_lock_the_expected_sequence_lets_one_win_each_number()
    {
        await using var one = _place.Open(options => options.IsExclusive = false);
        await using var other = _place.Open(options => options.IsExclusive = false);
        var won = new int[2];
        for (var sequence = 1; sequence <= 30; sequence++)
        {
            PostgresJournal[] both = [one, other];
            // Each has read the journal, as an activation does, and believes that the next number is its own.
            foreach (var journal in both) await journal.ReadAsync(Account, sequence, Cancellation).ToListAsync(Cancellation);
            var outcomes = await Task.WhenAll(both.Select(journal => Task.Run(async () => await Record.ExceptionAsync(async () => await journal.AppendAsync(Account, Batches.Fills(sequence, 1), Cancellation)), Cancellation)));
            Assert.Single(outcomes, outcome => outcome is null);
            Assert.Single(outcomes, outcome => outcome is JournalConflictException);
            won[outcomes[0] is null ? 0 : 1]++;
        }

        Assert.Equal(30, (await one.ReadAsync(Account, 0, Cancellation).ToListAsync(Cancellation)).Count);
        Assert.Equal(30, won.Sum());
    }

    [Theory]
    [InlineData("update trader.journal set body = convert_to(replace(convert_from(body, 'UTF8'), '42000.25', '42000.26'), 'UTF8') where first = 4", "facts 4 to 4 are not as they were written")]
    [InlineData("update trader.journal set mac = set_byte(mac, 3, get_byte(mac, 3) # 1) where first = 4", "facts 4 to 4 are not as they were written")]
    [InlineData("delete from trader.journal where first = 4", "facts 5 to 5 where 4 must follow")]
    [InlineData("delete from trader.journal where first = 1", "facts 2 to 2 where 1 must follow")]
    [InlineData("delete from trader.journal where first = 8", "ends with fact 7, but its head says that fact 8 was written")]
    [InlineData("update trader.journal set first = 9, last = 9 where first = 4", "its head says that fact 8 was written")]
    [InlineData("insert into trader.journal select account, 9, 9, mac, body from trader.journal where first = 4", "ends with fact 9, but its head says that fact 8 was written")]
    [InlineData("delete from trader.journal_head", "has lost its head")]
    [InlineData("update trader.journal_head set last = 4", "ends with fact 8, but its head says that fact 4 was written")]
    [InlineData("update trader.journal_head set key_id = 'other'", "was written with another key")]
    public async Task Whatever_is_altered_removed_or_added_by_another_hand_is_found_and_named(string meddling, string expected)
    {
        for (var first = 1; first <= 8; first++) await Journal.AppendAsync(Account, Batches.Fills(first, 1), Cancellation);
        await _journal.Value.DisposeAsync();
        await _place.SqlAsync($"alter table trader.journal disable trigger journal_only_grows; {meddling}");

        await using var next = _place.Open();
        var damage = await Assert.ThrowsAsync<CorruptStateException>(async () => await next.ReadAsync(Account, 0, Cancellation).ToListAsync(Cancellation));
        Assert.Contains(expected, damage.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update trader.journal set last = 7")]
    [InlineData("delete from trader.journal")]
    [InlineData("truncate trader.journal")]
    public async Task The_table_itself_refuses_changes(string change)
    {
        await Journal.AppendAsync(Account, Batches.Fills(1, 1), Cancellation);
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => _place.SqlAsync(change));
        Assert.Equal("the journal only grows", refused.MessageText);
    }
}
