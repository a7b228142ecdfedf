using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Journal;

/// <summary>What every journal does.</summary>
public abstract class JournalContract
{
    protected const string Account = "paper-1";

    protected abstract IJournal Journal { get; }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<FactKind> Kinds => [.. Enum.GetValues<FactKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Facts_of_every_kind_come_back_as_they_were(FactKind kind)
    {
        var (account, sequence, written) = ($"kind-{kind}", 1L, new List<JournalBatch>());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40).WithEndSize(40).WithQuietOnSuccess(true), Prop.ForAll(Batches.FactOf(kind).ArrayOf().Where(facts => facts.Length > 0).ToArbitrary(), facts =>
        {
            var batch = Batches.Fills(sequence, 0) with { Facts = [.. facts], Equity = new(double.NaN, double.PositiveInfinity, 0), Phase = StepPhase.Settling };
            Journal.AppendAsync(account, batch, Cancellation).AsTask().GetAwaiter().GetResult();
            sequence = batch.LastSequence + 1;
            written.Add(batch);
        }));

        Assert.Equal(written, Journal.ReadAsync(account, 0, Cancellation).ToBlockingEnumerable(Cancellation), Batches.AreEqual);
    }

    [Fact]
    public async Task A_batch_that_does_not_follow_is_refused_and_changes_nothing()
    {
        await Journal.AppendAsync(Account, Batches.Fills(1, 3), Cancellation);

        foreach (var first in new long[] { 1, 3, 5, 0 })
        {
            var conflict = await Assert.ThrowsAsync<JournalConflictException>(async () => await Journal.AppendAsync(Account, Batches.Fills(first, 1), Cancellation));
            Assert.Equal($"The journal of account {Account} continues at 4, the batch begins at {first}.", conflict.Message);
        }

        await Journal.AppendAsync(Account, Batches.Fills(4, 1), Cancellation);
        Assert.Equal([3L, 4L], (await ReadAsync(0)).Select(batch => batch.LastSequence));
    }

    [Fact]
    public async Task The_first_fact_of_an_account_is_number_one() =>
        await Assert.ThrowsAsync<JournalConflictException>(async () => await Journal.AppendAsync(Account, Batches.Fills(2, 1), Cancellation));

    [Fact]
    public async Task Reading_begins_with_the_batch_that_holds_the_asked_fact()
    {
        await Journal.AppendAsync(Account, Batches.Fills(1, 3), Cancellation);
        await Journal.AppendAsync(Account, Batches.Fills(4, 2), Cancellation);

        Assert.Equal([1L, 4L], (await ReadAsync(3)).Select(batch => batch.FirstSequence));
        Assert.Equal([4L], (await ReadAsync(4)).Select(batch => batch.FirstSequence));
        Assert.Empty(await ReadAsync(6));
    }

    [Fact]
    public async Task A_page_of_facts_is_what_was_asked_for_from_either_end()
    {
        var (random, all, sequence) = (new Random(1), new List<JournalEntry>(), 1L);
        for (var turn = 0; turn < 40; turn++)
        {
            var batch = Batches.Fills(sequence, random.Next(1, 8));
            batch = batch with { Facts = [.. batch.Facts.Select(fact => fact with { Symbol = random.Next(3) == 0 ? "ETHUSDT" : "BTCUSDT", Time = batch.StepTime })] };
            await Journal.AppendAsync(Account, batch, Cancellation);
            foreach (var fact in batch.Facts) all.Add(new JournalEntry(sequence++, fact.Time, fact));
        }

        foreach (var isNewestFirst in (bool[])[true, false])
        {
            var wanted = all.Where(entry => entry.Fact.Symbol is "ETHUSDT" && entry.Time >= all[20].Time).ToList();
            if (isNewestFirst) wanted.Reverse();
            var query = new JournalQuery { Symbol = "ETHUSDT", From = all[20].Time, Limit = 7, IsNewestFirst = isNewestFirst };
            var found = new List<JournalEntry>();
            for (long? after = null; ;)
            {
                var page = await Journal.FindAsync(Account, query with { After = after }, Cancellation);
                found.AddRange(page.Entries);
                if (page.Next is null) break;
                Assert.Equal(7, page.Entries.Length);
                after = page.Next;
            }

            Assert.Equal(wanted.Select(entry => (entry.Sequence, entry.Time, entry.Fact.Symbol)), found.Select(entry => (entry.Sequence, entry.Time, entry.Fact.Symbol)));
        }
    }

    [Fact]
    public async Task Accounts_know_nothing_of_each_other()
    {
        await Journal.AppendAsync("a", Batches.Fills(1, 3), Cancellation);

        Assert.Empty(await ReadAsync(0));
        await Journal.AppendAsync(Account, Batches.Fills(1, 1), Cancellation);
    }

    [Fact]
    public async Task Of_many_writers_of_the_same_batch_one_wins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
            await Record.ExceptionAsync(async () => await Journal.AppendAsync(Account, Batches.Fills(1, 2), Cancellation)), Cancellation)));

        Assert.Single(outcomes, outcome => outcome is null);
        Assert.Equal(15, outcomes.Count(outcome => outcome is JournalConflictException));
        Assert.Single(await ReadAsync(0));
    }

    protected async Task<List<JournalBatch>> ReadAsync(long fromSequence) => await Journal.ReadAsync(Account, fromSequence, Cancellation).ToListAsync(Cancellation);
}
