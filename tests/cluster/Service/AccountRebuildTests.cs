using Orleans;
using Orleans.Runtime;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Ports;
using OrleansTrader.Grains;
using OrleansTrader.Silo;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Storage;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary><c>trader journal rebuild</c> says that a snapshot is right only where it was held against something.</summary>
public sealed class AccountRebuildTests : IDisposable
{
    private const string Account = "paper";
    private const int Turns = 30;

    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");
    private readonly StateLayout _state;
    private readonly JsonGrainStorage _storage;
    private readonly GrainState<AccountSnapshot> _snapshot = new(new AccountSnapshot());

    public AccountRebuildTests()
    {
        _state = new StateLayout(_folder.FullName);
        _storage = new JsonGrainStorage(_state.Snapshots, new SnapshotFile());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string SnapshotPath => Directory.GetFiles(_state.Snapshots, "*.snapshot").Single();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_snapshot_that_ends_in_the_middle_of_a_turn_is_compared_and_told()
    {
        await WriteAsync(retentionDays: 0);
        await SnapshotAsync(11, terms: "11");
        Assert.Empty((await RebuildAsync()).Differences);
        // Two facts a turn: 12 ends none.
        await SnapshotAsync(12, terms: "12");
        Assert.Contains("in the middle of the turn of facts 12 to 13", Assert.Single((await RebuildAsync()).Differences), StringComparison.Ordinal);
        await SnapshotAsync(12, terms: "another");
        Assert.Contains("Terms is \"12\" by the facts and \"another\" in the snapshot", (await RebuildAsync()).Differences, StringComparer.Ordinal);
        var (exitCode, output, errors) = await CliAsync();
        Assert.Equal(1, exitCode);
        Assert.DoesNotContain(output, line => line.Contains("says the same", StringComparison.Ordinal));
        Assert.Equal(2, errors.Length);
    }

    [Fact]
    public async Task Where_facts_are_gone_and_no_earlier_snapshot_is_left_it_says_that_nothing_was_compared()
    {
        await WriteAsync(retentionDays: 30);
        await SnapshotAsync(41, terms: "41");
        await SnapshotAsync(51, terms: "51");
        var rebuilt = await RebuildAsync();
        Assert.Equal((true, 41, null), (rebuilt.LetGo > 0, rebuilt.Base, rebuilt.Obstacle));
        Assert.Empty(rebuilt.Differences);
        var (exitCode, output, _) = await CliAsync();
        Assert.Equal((0, "The snapshot, which was taken after fact 51, says the same."), (exitCode, output[^1]));

        // No fact lies between the two: what they say is compared all the same.
        await SnapshotAsync(51, terms: "another");
        Assert.Contains("Terms is \"51\" by the facts and \"another\" in the snapshot", (await RebuildAsync()).Differences, StringComparer.Ordinal);
        await SnapshotAsync(51, terms: "another");
        Assert.Contains("says the same as the one before it; no fact lies between them.", (await CliAsync()).Output[^1], StringComparison.Ordinal);

        // Neither a damaged one nor one from before what is gone can be begun from.
        await SnapshotAsync(3, terms: "3");
        await SnapshotAsync(51, terms: "wrong");
        Assert.Equal("the version of it before that ends with fact 3", (await RebuildAsync()).Obstacle);
        await File.WriteAllTextAsync(SnapshotPath + ".bak", "damage", Cancellation);
        Assert.Empty((await RebuildAsync()).Differences);
        (exitCode, output, var errors) = await CliAsync();
        Assert.Equal(1, exitCode);
        Assert.DoesNotContain(output, line => line.Contains("says the same", StringComparison.Ordinal));
        Assert.Matches("^error: paper: the snapshot, which was taken after fact 51, was not compared: the facts up to [0-9]+ are gone, and there is no version of it before that, or a damaged one\\.", Assert.Single(errors));
    }

    private Task<AccountRebuild> RebuildAsync() => AccountRebuild.RunAsync(_state, new JournalInspection(_state.Journal), Account, cancellation: Cancellation);

    private Task<(int ExitCode, string[] Output, string[] Errors)> CliAsync() => ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, "journal", "rebuild", "--state", _folder.FullName);

    private async Task SnapshotAsync(long sequence, string terms)
    {
        var account = _snapshot.State!.Account;
        (account.Name, account.Sequence, account.Terms) = (Account, sequence, terms);
        account.Risk.Peak = 0;
        await _storage.WriteStateAsync("account", GrainId.Create("portfolio", Account), _snapshot);
    }

    /// <summary>A fact that opens the account, and then turns of two, each with terms of its number.</summary>
    private async Task WriteAsync(int retentionDays)
    {
        var options = new JournalOptions { Folder = _state.Journal, SyncToDisk = false, SegmentBytes = 2_048, RetentionDays = retentionDays };
        using (var journal = new FileJournal(options))
        {
            await journal.AppendAsync(Account, BatchOf(TermsOf(1)), Cancellation);
            for (var first = 2L; first < 2 * Turns; first += 2) await journal.AppendAsync(Account, BatchOf(TermsOf(first), TermsOf(first + 1)), Cancellation);
            await journal.ArchiveAsync(Account, 20);
            if (retentionDays == 0) return;
            foreach (var file in Directory.GetFiles(Path.Combine(_state.Journal, "archive"))) File.SetLastWriteTimeUtc(file, Start);
            await journal.ArchiveAsync(Account, 20);
        }

        Fact TermsOf(long number) => new() { Kind = FactKind.TermsChanged, Time = Start, Terms = number.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        JournalBatch BatchOf(params Fact[] facts) => new(long.Parse(facts[0].Terms!, System.Globalization.CultureInfo.InvariantCulture), Start, StepPhase.Decided, default, [], [.. facts]);
    }
}
