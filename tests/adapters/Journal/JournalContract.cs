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
