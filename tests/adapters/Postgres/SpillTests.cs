using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Adapters.Tests.Journal;

namespace OrleansTrader.Adapters.Tests.Postgres;

/// <summary>What was written beside a server, and a server or a disk that does not take it as it should.</summary>
public sealed class SpillTests : IDisposable
{
    private const string Account = "paper-1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly JournalPlace _place = JournalPlace.Make();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string SpillPath => _place.SpillOf(Account);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_spill_that_goes_on_after_more_than_the_database_has_is_refused_and_kept()
    {
        await SpillAsync();
        _place.Connection = await PrivateServer.Shared.CreateDatabaseAsync();
        await SchemaMigration.ApplyAsync(_place.Server(), Cancellation);

        var refused = await Assert.ThrowsAsync<CorruptStateException>(() => ReadAsync().WaitAsync(Patience, Cancellation));
        Assert.Contains($"has no facts of account {Account}, but had 2 when {SpillPath} was begun", refused.Message, StringComparison.Ordinal);

        await using (var begun = _place.Open(options => options.SpillFolder += "-none")) await begun.AppendAsync(Account, Batches.Fills(1, 1), Cancellation);
        refused = await Assert.ThrowsAsync<CorruptStateException>(() => ReadAsync().WaitAsync(Patience, Cancellation));
        Assert.Contains($"ends with fact 1 of account {Account}, but had 2", refused.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(SpillPath));
    }

    [Fact]
    public async Task A_database_that_takes_nothing_of_a_spill_is_not_asked_for_ever()
    {
        await SpillAsync();
        await _place.SqlAsync("create function trader.keep() returns trigger language plpgsql as 'begin return null; end'; create trigger keep before update on trader.journal_head for each row execute function trader.keep()");

        var refused = await Assert.ThrowsAsync<StoreException>(() => ReadAsync().WaitAsync(Patience, Cancellation));
        Assert.Contains($"takes nothing after fact 2 of account {Account} from {SpillPath}", refused.Message, StringComparison.Ordinal);
        await _place.SqlAsync("drop trigger keep on trader.journal_head");
        Assert.Equal(4, await ReadAsync());
    }

    [Fact]
    public void A_spill_whose_removal_failed_half_way_begins_anew()
    {
        using var chain = new JournalChain(JournalKey.Take(_place.KeyFile, Disk.Real));
        var disk = new UnsyncedDisk();
        using var spill = new SpillFile(SpillPath, Account, disk);
        var start = new JournalEnd(0, chain.StartOf(Account));
        var first = RowAfter(start, chain);
        spill.Append(start, [first], chain);
        disk.Fails = true;
        Assert.Throws<StateFolderException>(spill.Delete);
        disk.Fails = false;

        var second = RowAfter(first.End, chain);
        spill.Append(first.End, [second], chain);
        using var next = new SpillFile(SpillPath, Account, Disk.Real);
        var kept = next.Read(chain);
        Assert.Equal(first.End, kept!.Value.Start);
        Assert.Equal(second.End, Assert.Single(kept.Value.Rows).End);
    }

    private static JournalRow RowAfter(JournalEnd end, JournalChain chain)
    {
        var body = "{}"u8.ToArray();
        return new JournalRow(Account, end.Last + 1, end.Last + 1, chain.Next(end.Mac, end.Last + 1, end.Last + 1, body), body);
    }

    /// <summary>Two facts on the server, and two beside it.</summary>
    private async Task SpillAsync()
    {
        var direct = _place.Connection;
        var line = _place.GoOverLine();
        await using (var journal = _place.Open())
        {
            for (var first = 1; first <= 4; first++)
            {
                if (first == 3) line.Cut();
                await journal.AppendAsync(Account, Batches.Fills(first, 1), Cancellation);
            }
        }

        _place.Connection = direct;
    }

    /// <returns>How many batches there are.</returns>
    private async Task<int> ReadAsync()
    {
        await using var journal = _place.Open();
        return await journal.ReadAsync(Account, 0, Cancellation).CountAsync(Cancellation);
    }

    /// <summary>A disk on which names cannot be made durable for a while.</summary>
    private sealed class UnsyncedDisk : Disk
    {
        public bool Fails { get; set; }

        public override void SyncFolder(string folder)
        {
            if (Fails) throw new IOException("no sync");
            base.SyncFolder(folder);
        }
    }
}
