using System.CommandLine;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cli;

/// <summary><c>trader journal rotate</c> and <c>rekey</c>: other keys from now on, and everything before stays readable.</summary>
internal static class JournalKeyCommands
{
    public static Command Rotate()
    {
        var seal = new Option<bool>("--seal") { Description = "Also adds a master key for what is sealed; it holds from the next start of the service on" };
        var options = new JournalOptionSet();
        var command = new Command("rotate", "Makes a new key for the chains of the journals; a service that runs goes over to it with its next facts") { seal };
        options.AddTo(command, isSealNeeded: true);
        command.Runs(async (parsed, cancellation) =>
        {
            var layout = options.Layout(parsed);
            var journals = await options.FilesAsync(parsed, isSealNeeded: false, cancellation);
            if (parsed.GetValue(seal))
            {
                if (!SealedState.HasKeys(layout)) throw new SecretException("Nothing is sealed here, so there is no master key to change; State:Encrypt seals.");
                var keys = await StateSeal.RotateAsync(layout.Seal, options.Owner(parsed), TimeProvider.System, cancellation);
                await Console.Out.WriteLineAsync($"Master key {keys.CurrentId} seals from the next start of the service on.");
            }

            await Console.Out.WriteLineAsync($"The journals are chained with the key {journals.ChangeKey()} from their next facts on; back it up with the one before, which lies beside it.");
            return 0;
        });
        return command;
    }

    public static Command Rekey()
    {
        var next = new KeyOption("--new-key-file", "TRADER_NEW_KEY", "new key or passphrase");
        var options = new JournalOptionSet();
        var command = new Command("rekey", "Seals the master keys of journals and snapshots with another key of yours; the one before opens nothing any more");
        options.AddTo(command, isSealNeeded: true);
        next.AddTo(command);
        command.Runs(async (parsed, cancellation) =>
        {
            var layout = options.Layout(parsed);
            var store = new SecretStore(layout.Seal, TimeProvider.System);
            if (!SealedState.HasKeys(layout)) throw new SecretException("Nothing is sealed here, so there is no key to change; State:Encrypt seals.");
            await store.RotateAsync(options.Owner(parsed), next.Read(parsed, isNew: true), cancellation);
            await Console.Out.WriteLineAsync("The master keys are sealed with the new key.");
            return 0;
        });
        return command;
    }
}
