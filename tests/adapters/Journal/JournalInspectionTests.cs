using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Tests.Journal;

public sealed class JournalInspectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileJournal _journal;
    private readonly JournalInspection _inspection;

    public JournalInspectionTests()
    {
        _journal = new FileJournal(new JournalOptions { Folder = _folder.Path, SyncToDisk = false });
        _inspection = new JournalInspection(_folder.Path);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string FilePath => _folder.File("paper.journal");

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_whole_journal_is_told_also_while_it_is_written()
    {
        for (var first = 1; first < 40; first += 4)
        {
            await _journal.AppendAsync("paper", Batches.Fills(first, 4), Cancellation);
            var report = _inspection.Verify("paper", Cancellation);
            Assert.Equal(new JournalReport("paper", ((first - 1) / 4) + 1, first + 3, new FileInfo(FilePath).Length, 0), report);
        }

        await File.AppendAllTextAsync(FilePath, "1a2b", Cancellation);
        Assert.Equal((40, 4), (_inspection.Verify("paper", Cancellation).Facts, _inspection.Verify("paper", Cancellation).UnfinishedBytes));
        Assert.Equal(["paper"], _inspection.Accounts);
    }

    [Fact]
    public async Task A_journal_restored_from_a_backup_is_taken_only_when_its_owner_says_so()
    {
        await _journal.AppendAsync("paper", Batches.Fills(1, 1), Cancellation);
        var backup = await File.ReadAllBytesAsync(FilePath, Cancellation);
        await _journal.AppendAsync("paper", Batches.Fills(2, 1), Cancellation);
        Assert.Throws<StateFolderException>(() => _inspection.Anchor("paper", Cancellation));
        _journal.Dispose();

        await File.WriteAllBytesAsync(FilePath, backup, Cancellation);
        Assert.Contains("ends with fact 1, but its head says that fact 2 was written", Assert.Throws<CorruptStateException>(() => _inspection.Verify("paper", Cancellation)).Message, StringComparison.Ordinal);
        Assert.Equal(1, _inspection.Anchor("paper", Cancellation).Facts);
        Assert.Equal(1, _inspection.Verify("paper", Cancellation).Facts);
        using var restarted = new FileJournal(new JournalOptions { Folder = _folder.Path, SyncToDisk = false });
        await restarted.AppendAsync("paper", Batches.Fills(2, 1), Cancellation);
        Assert.Equal(2, _inspection.Verify("paper", Cancellation).Facts);
    }

    [Fact]
    public void What_is_not_there_is_told()
    {
        Assert.EndsWith("paper.journal; there are none.", Assert.Throws<StateFolderException>(() => _inspection.Verify("paper", Cancellation)).Message, StringComparison.Ordinal);
        Assert.Contains("There is no folder", Assert.Throws<StateFolderException>(() => new JournalInspection(_folder.File("nowhere")).Accounts).Message, StringComparison.Ordinal);
    }
}
