using System.CommandLine;
using System.Globalization;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;
using OrleansTrader.Silo;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cli;

/// <summary><c>trader journal</c>: is every fact of an account as it was written?</summary>
internal static class JournalCommand
{
    private const int Damaged = 1;

    public static Command Create() => new("journal", "Looks after the journals of accounts")
    {
        Make("verify", "Reads journals from end to end and names the first fact that was altered, removed, inserted or moved", isSealNeeded: false, (journals, account, _, cancellation) => TellAsync(journals.Journals.Verify(account, cancellation), "is whole")),
        Make("anchor", "Takes the end of a journal as its true one, after you have restored it from a backup; the service must not run", isSealNeeded: false, (journals, account, _, cancellation) => TellAsync(journals.Journals.Anchor(account, cancellation), "ends here from now on")),
        Make("rebuild", "Folds the facts of a journal anew and compares the account with its snapshot", isSealNeeded: true, async (journals, account, layout, cancellation) => await TellAsync(await RebuildAsync(journals, account, layout, cancellation))),
        JournalListCommand.Create(),
        JournalKeyCommands.Rotate(),
        JournalKeyCommands.Rekey(),
    };

    private static Command Make(string name, string description, bool isSealNeeded, Func<OpenJournals, string, StateLayout, CancellationToken, Task<int>> look)
    {
        var account = new Option<string?>("--account") { Description = "One account; otherwise all that have a journal" };
        var options = new JournalOptionSet();
        var command = new Command(name, description) { account };
        options.AddTo(command, isSealNeeded);
        command.Runs(async (parsed, cancellation) =>
        {
            var layout = options.Layout(parsed);
            await using var journals = await options.OpenAsync(parsed, isSealNeeded, cancellation);
            IReadOnlyList<string> accounts = parsed.GetValue(account) is { } one ? [one] : [.. journals.Journals.Accounts.Where(known => !isSealNeeded || !ServiceJournal.Is(known))];
            var code = 0;
            foreach (var which in accounts) code = Math.Max(code, await TryAsync(() => look(journals, which, layout, cancellation)));
            return code;
        });
        return command;
    }

    public static async Task<int> TryAsync(Func<Task<int>> look)
    {
        try
        {
            return await look();
        }
        catch (CorruptStateException damage)
        {
            await Console.Error.WriteLineAsync($"error: {damage.Message}");
            return Damaged;
        }
    }

    private static Task<AccountRebuild> RebuildAsync(OpenJournals open, string account, StateLayout layout, CancellationToken cancellation) => open.Server is { } server
        ? AccountRebuild.RunAsync(server, open.Journals, account, cancellation)
        : AccountRebuild.RunAsync(layout, open.Journals, account, open.Seal, cancellation);

    private static async Task<int> TellAsync(JournalReport report, string verdict)
    {
        var rest = report.UnfinishedBytes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {Counted.Of(report.UnfinishedBytes, "byte after that is", "bytes after that are")} an unfinished write");
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{report.Account} {verdict}: {Counted.Of(report.Facts, "fact")} in {Counted.Of(report.Batches, "turn")}, {Counted.Of(report.Bytes, "byte")}{rest}{Segments(report)}."));
        return 0;
    }

    private static string Segments(JournalReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(report.Segments == 1 ? "" : $", in {report.Segments} segments")}{(report.LetGo == 0 ? "" : $"; facts 1 to {report.LetGo} were let go of on {report.LetGoAt:yyyy-MM-dd}, which its record proves")}");

    private static async Task<int> TellAsync(AccountRebuild rebuild)
    {
        if (rebuild.LetGo > 0)
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{rebuild.Account.Name}: facts 1 to {rebuild.LetGo} are gone, as State:RetentionDays wants it; folded from the snapshot after fact {rebuild.Base} on."));
        var (account, differences) = (rebuild.Account, rebuild.Differences);
        var held = account.Positions.Count(position => !position.IsIdle);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{account.Name}: {Counted.Of(account.Sequence, "fact gives", "facts give")} cash of {account.Cash:0.########}, {Counted.Of(held, "position")} held and {Counted.Of(account.Orders.Count, "order")} open."));
        foreach (var difference in differences) await Console.Error.WriteLineAsync($"error: {account.Name}: {difference}.");
        if (differences.Count > 0) return Damaged;
        if (rebuild is { Obstacle: { } obstacle, SnapshotSequence: > 0 })
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"error: {account.Name}: the snapshot, which was taken after fact {rebuild.SnapshotSequence}, was not compared: the facts up to {rebuild.LetGo} are gone, and {obstacle}. Once the service has taken another snapshot, it can be."));
            return Damaged;
        }

        await Console.Out.WriteLineAsync(Verdict(rebuild));
        return 0;
    }

    private static string Verdict(AccountRebuild rebuild) => rebuild.SnapshotSequence switch
    {
        0 => "There is no snapshot to compare it with.",
        var last when rebuild.LetGo > 0 && rebuild.Base == last => $"The snapshot, which was taken after fact {last}, says the same as the one before it; no fact lies between them.",
        var last => $"The snapshot, which was taken after fact {last}, says the same.",
    };
}
