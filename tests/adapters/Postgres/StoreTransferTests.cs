using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Adapters.Tests.Feeds;
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
        var transfer = new StoreTransfer(_place.Server(), _folder.Path, _folder.File("snapshots"), _folder.File("reminders.json"), _folder.File("candles.index"), _folder.File(JournalKey.FileName));
        var refused = await Assert.ThrowsAsync<StoreException>(() => transfer.ImportAsync(Cancellation));
        Assert.Contains($"The journal of {Account} in {_folder.Path} has let go of facts 1 to {gone} (State:RetentionDays)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await _place.ValueAsync("select count(*) from trader.journal_head"));
    }

    [Fact]
    public async Task The_index_of_candle_files_goes_to_the_database_and_back()
    {
        var files = new FileCandleIndex(_folder.File("candles.index"));
        await files.WriteAsync("/one", [CandleIndexContract.FileOf("a.csv", 1), CandleIndexContract.FileOf("b.csv", 2)], [], Cancellation);
        await files.WriteAsync("/two", [CandleIndexContract.FileOf("a.csv", 3)], [], Cancellation);

        Assert.Empty(await Transfer(_folder).ImportAsync(Cancellation));
        Assert.Equal(3, (await StoreStatus.AskAsync(_place.Server(), Cancellation)).CandleFiles);
        using var other = new TemporaryFolder();
        await Transfer(other).ExportAsync(Cancellation);

        var back = new FileCandleIndex(other.File("candles.index"));
        foreach (var folder in (string[])["/one", "/two"])
            Assert.Equal(await files.ReadAsync(folder, Cancellation), (await back.ReadAsync(folder, Cancellation)).OrderBy(file => file.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_index_that_is_damaged_keeps_nothing_else_from_the_database()
    {
        await File.WriteAllTextAsync(_folder.File("candles.index"), "damaged", Cancellation);
        Assert.EndsWith("it is built anew.", Assert.Single(await Transfer(_folder).ImportAsync(Cancellation)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_from_before_there_was_an_index_is_exported_and_told_of()
    {
        JournalKey.Take(_place.KeyFile, Disk.Real);
        await _place.SqlAsync("drop table trader.candle_file; delete from trader.schema_version where version = 2");
        using var other = new TemporaryFolder();

        Assert.Empty(await Transfer(other).ExportAsync(Cancellation));
        Assert.Equal(0, (await StoreStatus.AskAsync(_place.Server(), Cancellation)).CandleFiles);
    }

    private StoreTransfer Transfer(TemporaryFolder state) => new(_place.Server(), Directory.CreateDirectory(state.File("journal")).FullName, state.File("snapshots"), state.File("reminders.json"), state.File("candles.index"), _place.KeyFile);

    private JournalOptions Options(int retentionDays) => new() { Folder = _folder.Path, SyncToDisk = false, SegmentBytes = 2_048, RetentionDays = retentionDays };
}
