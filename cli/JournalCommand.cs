using System.CommandLine;
using System.Globalization;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cli;

/// <summary><c>trader journal</c>: is every fact of an account as it was written?</summary>
internal static class JournalCommand
{
    private const int Damaged = 1;

    public static Command Create() => new("journal", "Looks after the journals of accounts")
    {
        Make("verify", "Reads journals from end to end and names the first fact that was altered, removed, inserted or moved", (journals, account, cancellation) => journals.Verify(account, cancellation), "is whole"),
        Make("anchor", "Takes the end of a journal as its true one, after you have restored it from a backup; the service must not run", (journals, account, cancellation) => journals.Anchor(account, cancellation), "ends here from now on"),
    };

    private static Command Make(string name, string description, Func<JournalInspection, string, CancellationToken, JournalReport> look, string verdict)
    {
        var state = new Option<string>("--state") { Description = "Folder of the service's state", DefaultValueFactory = _ => "state" };
        var account = new Option<string?>("--account") { Description = "One account; otherwise all that have a journal" };
        var key = new Option<string?>("--journal-key") { Description = "File of the key that chains the journals, where it does not lie beside them" };
        var command = new Command(name, description) { state, account, key };
        command.Runs(async (parsed, cancellation) =>
        {
            var journals = new JournalInspection(new StateLayout(parsed.GetValue(state)!).Journal, parsed.GetValue(key));
            IReadOnlyList<string> accounts = parsed.GetValue(account) is { } one ? [one] : journals.Accounts;
            var code = 0;
            foreach (var which in accounts) code = Math.Max(code, await TellAsync(which, () => look(journals, which, cancellation), verdict));
            return code;
        });
        return command;
    }

    private static async Task<int> TellAsync(string account, Func<JournalReport> look, string verdict)
    {
        try
        {
            var report = look();
            var rest = report.UnfinishedBytes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {report.UnfinishedBytes} bytes after that are an unfinished write");
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{account} {verdict}: {report.Facts} facts in {report.Batches} turns, {report.Bytes} bytes{rest}."));
            return 0;
        }
        catch (CorruptStateException damage)
        {
            await Console.Error.WriteLineAsync($"error: {damage.Message}");
            return Damaged;
        }
    }
}
