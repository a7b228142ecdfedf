using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Adapters.Tests.Journal;

namespace OrleansTrader.Adapters.Tests.Postgres;

public sealed class PostgresInspectionTests : IDisposable
{
    private const string Account = "paper-1";

    private readonly JournalPlace _place = JournalPlace.Make();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_journal_is_whole_also_while_it_is_written()
    {
        var journal = _place.Open();
        for (var first = 1; first <= 5; first++) await journal.AppendAsync(Account, Batches.Fills(first, 1), Cancellation);
        var inspection = Inspection();
        Assert.Equal([Account], inspection.Accounts);
        Assert.Equal((5, 5), (inspection.Verify(Account, Cancellation).Facts, inspection.Verify(Account, Cancellation).Batches));
        Assert.Equal(Enumerable.Range(1, 5).Select(first => Batches.Fills(first, 1)), inspection.Read(Account, Cancellation), Batches.AreEqual);
    }

    [Fact]
    public async Task An_end_that_was_cut_off_is_taken_as_the_true_one_only_when_its_owner_says_so()
    {
        await WriteAsync(8);
        await _place.SqlAsync("alter table trader.journal disable trigger journal_only_grows; delete from trader.journal where first > 6");
        var inspection = Inspection();
        Assert.Contains("its head says that fact 8 was written", Assert.Throws<CorruptStateException>(() => inspection.Verify(Account, Cancellation)).Message, StringComparison.Ordinal);

        Assert.Equal(6, inspection.Anchor(Account, Cancellation).Facts);
        Assert.Equal(6, inspection.Verify(Account, Cancellation).Facts);
        await using var next = _place.Open();
        await next.AppendAsync(Account, Batches.Fills(7, 1), Cancellation);
    }

    [Fact]
    public async Task A_journal_that_a_service_writes_is_not_anchored()
    {
        var journal = _place.Open();
        await journal.AppendAsync(Account, Batches.Fills(1, 1), Cancellation);
        Assert.StartsWith($"A service writes account {Account} in ", Assert.Throws<StoreException>(() => Inspection().Anchor(Account, Cancellation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_was_changed_is_named_and_no_anchor_hides_it()
    {
        await WriteAsync(8);
        await _place.SqlAsync("alter table trader.journal disable trigger journal_only_grows; update trader.journal set body = body || ' '::bytea where first = 3");
        Assert.Contains("facts 3 to 3 are not as they were written", Assert.Throws<CorruptStateException>(() => Inspection().Verify(Account, Cancellation)).Message, StringComparison.Ordinal);
        Assert.Throws<CorruptStateException>(() => Inspection().Anchor(Account, Cancellation));
    }

    [Fact]
    public void A_journal_that_is_not_there_is_said_so()
    {
        _ = Adapters.Journal.JournalKey.Take(_place.KeyFile, Disk.Real);
        Assert.StartsWith($"There is no journal of {Account} in PostgreSQL at ", Assert.Throws<StoreException>(() => Inspection().Verify(Account, Cancellation)).Message, StringComparison.Ordinal);
    }

    private PostgresInspection Inspection() => new(_place.Server(), _place.KeyFile);

    private async Task WriteAsync(int facts)
    {
        await using var journal = _place.Open();
        for (var first = 1; first <= facts; first++) await journal.AppendAsync(Account, Batches.Fills(first, 1), Cancellation);
    }
}
