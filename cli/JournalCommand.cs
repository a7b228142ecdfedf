using System.CommandLine;
using System.Globalization;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Silo;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cli;

/// <summary><c>trader journal</c>: is every fact of an account as it was written?</summary>
internal static class JournalCommand
{
    private const int Damaged = 1;

    public static Command Create() => new("journal", "Looks after the journals of accounts")
    {
        Make("verify", "Reads journals from end to end and names the first fact that was altered, removed, inserted or moved", (journals, account, _, cancellation) => TellAsync(journals.Verify(account, cancellation), "is whole")),
        Make("anchor", "Takes the end of a journal as its true one, after you have restored it from a backup; the service must not run", (journals, account, _, cancellation) => TellAsync(journals.Anchor(account, cancellation), "ends here from now on")),
        Make("rebuild", "Folds the facts of a journal anew and compares the account with its snapshot", async (journals, account, place, cancellation) => await TellAsync(await (place.Server is { } server ? AccountRebuild.RunAsync(server, journals, account, cancellation) : AccountRebuild.RunAsync(place.Layout, journals, account, cancellation)))),
    };

    private static Command Make(string name, string description, Func<IJournalInspection, string, (StateLayout Layout, PostgresServer? Server), CancellationToken, Task<int>> look)
    {
        var state = new StateOption();
        var account = new Option<string?>("--account") { Description = "One account; otherwise all that have a journal" };
        var key = new Option<string?>("--journal-key") { Description = "File of the key that chains the journals, where it does not lie beside them" };
        var store = new StoreOption();
        var command = new Command(name, description) { account, key };
        state.AddTo(command);
        store.AddTo(command);
        command.Runs(async (parsed, cancellation) =>
        {
            var layout = state.Read(parsed);
            await using var server = store.Find(parsed, layout);
            IJournalInspection journals = server is null ? new JournalInspection(layout.Journal, parsed.GetValue(key)) : new PostgresInspection(server, parsed.GetValue(key) ?? layout.JournalKey);
            IReadOnlyList<string> accounts = parsed.GetValue(account) is { } one ? [one] : journals.Accounts;
            var code = 0;
            foreach (var which in accounts) code = Math.Max(code, await TryAsync(() => look(journals, which, (layout, server), cancellation)));
            return code;
        });
        return command;
    }

    private static async Task<int> TryAsync(Func<Task<int>> look)
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

    private static async Task<int> TellAsync(JournalReport report, string verdict)
    {
        var rest = report.UnfinishedBytes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {report.UnfinishedBytes} bytes after that are an unfinished write");
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{report.Account} {verdict}: {report.Facts} facts in {report.Batches} turns, {report.Bytes} bytes{rest}."));
        return 0;
    }

    private static async Task<int> TellAsync(AccountRebuild rebuild)
    {
        var (account, differences) = (rebuild.Account, rebuild.Differences);
        var held = account.Positions.Count(position => !position.IsIdle);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{account.Name}: {account.Sequence} facts give cash of {account.Cash:0.########}, {held} positions held and {account.Orders.Count} orders open."));
        foreach (var difference in differences) await Console.Error.WriteLineAsync($"error: {account.Name}: {difference}.");
        if (differences.Count > 0) return Damaged;
        await Console.Out.WriteLineAsync(rebuild.SnapshotSequence == 0 ? "There is no snapshot to compare it with." : $"The snapshot, which was taken after fact {rebuild.SnapshotSequence}, says the same.");
        return 0;
    }
}
