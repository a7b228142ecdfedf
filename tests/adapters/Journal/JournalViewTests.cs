using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Journal;

/// <summary>Whoever reads a journal beside the one who writes it, closes its segments, packs them and lets go of them.</summary>
public sealed class JournalViewTests : IDisposable
{
    private const string Account = "paper";
    private const int LeastFacts = 400;
    private const int LeastLooks = 4;

    private readonly TemporaryFolder _folder = new();
    private readonly FileJournal _journal;
    private readonly JournalInspection _inspection;
    private readonly int[] _looks = new int[4];
    private volatile bool _isDone;

    public JournalViewTests()
    {
        _journal = new FileJournal(new JournalOptions { Folder = _folder.Path, SyncToDisk = false, SegmentBytes = 1_024, RetentionDays = 1 }, logger: null, new LaterClock());
        _inspection = new JournalInspection(_folder.Path);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Whoever_looks_while_segments_are_closed_packed_and_let_go_of_is_never_told_that_one_is_missing()
    {
        await _journal.AppendAsync(Account, Batches.Fills(1, 1), Cancellation);
        Task[] readers =
        [
            ReadAgainAndAgainAsync(0, async oldest => await _journal.FindAsync(Account, oldest, Cancellation)),
            ReadAgainAndAgainAsync(1, oldest => Task.FromResult(_inspection.Find(Account, oldest, Cancellation))),
            LookAgainAndAgainAsync(2, () => _inspection.Verify(Account, Cancellation)),
            LookAgainAndAgainAsync(3, () => AssertOneAfterAnother(Folded())),
        ];
        var first = 2;
        for (; !readers.Any(reader => reader.IsCompleted) && (first <= LeastFacts || _looks.Any(looks => looks < LeastLooks)); first++)
        {
            await _journal.AppendAsync(Account, Batches.Fills(first, 1), Cancellation);
            if (first % 5 == 0) await _journal.ArchiveAsync(Account, first - 20);
        }

        _isDone = true;
        await Task.WhenAll(readers);
        Assert.True(_inspection.LetGo(Account) > first / 2);
    }

    [Fact]
    public async Task Who_reads_on_goes_on_where_it_was_and_is_told_when_what_comes_next_is_gone()
    {
        for (var first = 1; first <= 60; first++) await _journal.AppendAsync(Account, Batches.Fills(first, 1), Cancellation);
        await using var ahead = _journal.ReadAsync(Account, 0, Cancellation).GetAsyncEnumerator(Cancellation);
        await using var behind = _journal.ReadAsync(Account, 0, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await behind.MoveNextAsync());
        for (var seen = 0; seen < 40; seen++) Assert.True(await ahead.MoveNextAsync());
        await _journal.ArchiveAsync(Account, 30);
        var last = ahead.Current.LastSequence;
        while (await ahead.MoveNextAsync()) Assert.Equal(++last, ahead.Current.LastSequence);
        Assert.Equal(60, last);
        var told = await Assert.ThrowsAsync<StateFolderException>(async () =>
        {
            while (await behind.MoveNextAsync())
            {
                // To where it is gone.
            }
        });
        Assert.Contains("has let go of its facts up to", told.Message, StringComparison.Ordinal);
    }

    private Task ReadAgainAndAgainAsync(int reader, Func<JournalQuery, Task<JournalPage>> find) => Task.Run(async () =>
    {
        for (; !_isDone; _looks[reader]++)
        {
            var page = await find(new JournalQuery { IsNewestFirst = false, Limit = 200 });
            AssertOneAfterAnother([.. page.Entries.Select(entry => entry.Sequence)]);
            // Now and then the newest, which are in the segment that is written.
            var newest = await find(new JournalQuery { Limit = 3 });
            AssertOneAfterAnother([.. newest.Entries.Select(entry => entry.Sequence).Reverse()]);
        }
    });

    private Task LookAgainAndAgainAsync(int reader, Action look) => Task.Run(() =>
    {
        for (; !_isDone; _looks[reader]++) look();
    });

    /// <summary>As rebuilding an account does: from the start again when more was let go of.</summary>
    private long[] Folded()
    {
        while (true)
        {
            var letGo = _inspection.LetGo(Account);
            try
            {
                return [.. _inspection.Read(Account, Cancellation).Select(batch => batch.LastSequence)];
            }
            catch (CorruptStateException) when (_inspection.LetGo(Account) != letGo)
            {
                // The next look has all that is left.
            }
        }
    }

    private static void AssertOneAfterAnother(IReadOnlyList<long> sequences)
    {
        Assert.NotEmpty(sequences);
        Assert.Equal(Enumerable.Range(0, sequences.Count).Select(n => sequences[0] + n), sequences);
    }
}
