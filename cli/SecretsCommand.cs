using System.CommandLine;
using System.Globalization;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cli;

/// <summary><c>trader secrets</c>: keys and passwords of the owner in a sealed file.</summary>
internal static class SecretsCommand
{
    public static Command Create() => new("secrets", "Keeps API keys and passwords sealed; what is secret is never read from the command line, and never shown")
    {
        Set(),
        List(),
        Remove(),
        Rotate(),
    };

    private static Command Set()
    {
        var name = NameArgument("What it is called, such as binance.key");
        return Make("set", "Sets a secret, or replaces it; you are asked for the value, or its input is taken, such as a key of several lines", [name], async (store, key, parsed, cancellation) =>
        {
            var material = key.Read(parsed, isNew: !store.Exists);
            // A wrong key is told before the value is asked for.
            await store.ReadAsync(material, cancellation);
            var value = await HiddenInput.TextAsync("Value", cancellation);
            await store.SetAsync(parsed.GetValue(name)!, value, material, cancellation);
            await Console.Out.WriteLineAsync($"{parsed.GetValue(name)} is set.");
        });
    }

    private static Command List() =>
        Make("list", "Lists the names of all secrets and when each was set", [], async (store, key, parsed, cancellation) =>
        {
            if (!store.Exists)
            {
                await Console.Out.WriteLineAsync("There are no secrets yet.");
                return;
            }

            foreach (var (name, secret) in await store.ReadAsync(key.Read(parsed, isNew: false), cancellation))
                await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-32} set {secret.SetAt:yyyy-MM-dd HH:mm} UTC"));
        });

    private static Command Remove()
    {
        var name = NameArgument("Which one");
        return Make("remove", "Removes a secret, also from the previous version of the file", [name], async (store, key, parsed, cancellation) =>
        {
            var which = parsed.GetValue(name)!;
            if (!store.Exists || !await store.RemoveAsync(which, key.Read(parsed, isNew: false), cancellation)) throw new SecretException($"There is no secret {which}; 'trader secrets list' shows what there is.");
            await Console.Out.WriteLineAsync($"{which} is removed.");
        });
    }

    private static Command Rotate()
    {
        var next = new KeyOption("--new-key-file", "TRADER_NEW_KEY", "new key or passphrase");
        var command = Make("rotate", "Seals all secrets with another key; the one before opens nothing any more", [], async (store, key, parsed, cancellation) =>
        {
            if (!store.Exists) throw new SecretException("There are no secrets yet, so there is no key to change.");
            await store.RotateAsync(key.Read(parsed, isNew: false), next.Read(parsed, isNew: true), cancellation);
            await Console.Out.WriteLineAsync("All secrets are sealed with the new key.");
        });
        next.AddTo(command);
        return command;
    }

    private static Argument<string> NameArgument(string description) => new("name") { Description = description };

    private static Command Make(string name, string description, IEnumerable<Argument> arguments, Func<SecretStore, KeyOption, ParseResult, CancellationToken, Task> act)
    {
        var state = new StateOption();
        var key = new KeyOption("--key-file", "TRADER_KEY", "key or passphrase");
        var command = new Command(name, description);
        state.AddTo(command);
        foreach (var argument in arguments) command.Add(argument);
        key.AddTo(command);
        command.Runs(async (parsed, cancellation) =>
        {
            await act(new SecretStore(state.Read(parsed).Secrets, TimeProvider.System), key, parsed, cancellation);
            return 0;
        });
        return command;
    }
}
