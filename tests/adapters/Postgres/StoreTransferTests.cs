using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Tests.Journal;

namespace OrleansTrader.Adapters.Tests.Postgres;

public sealed class StoreTransferTests : IDisposable
{
    private const string Account = "paper-1";
    private const int Facts = 60;

    private readonly JournalPlace _place = JournalPlace.Make();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _place.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_journal_that_has_let_go_of_facts_is_not_taken_to_a_database()
    {
        using (var journal = new FileJournal(Options(retentionDays: 0)))
        {
            for (var first = 1; first <= Facts; first++) await journal.AppendAsync(Account, Batches.Fills(first, 1), Cancellation);
            await journal.ArchiveAsync(Account, Facts);
        }

        foreach (var file in Directory.GetFiles(_folder.File("archive"))) File.SetLastWriteTimeUtc(file, Batches.Start);
        using (var journal = new FileJournal(Options(retentionDays: 30))) await journal.ArchiveAsync(Account, Facts);

        var gone = new JournalInspection(_folder.Path).LetGo(Account);
        Assert.InRange(gone, 1, Facts);
        var transfer = new StoreTransfer(_place.Server(), _folder.Path, _folder.File("snapshots"), _folder.File("reminders.json"), _folder.File(JournalKey.FileName));
        var refused = await Assert.ThrowsAsync<StoreException>(() => transfer.ImportAsync(Cancellation));
        Assert.Contains($"The journal of {Account} in {_folder.Path} has let go of facts 1 to {gone} (State:RetentionDays)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await _place.ValueAsync("select count(*) from trader.journal_head"));
    }

    private JournalOptions Options(int retentionDays) => new() { Folder = _folder.Path, SyncToDisk = false, SegmentBytes = 2_048, RetentionDays = retentionDays };
}
