using System.CommandLine;
using System.Globalization;
using OrleansTrader.Silo.Access;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cli;

/// <summary><c>trader access</c>: the owner's password and tokens for scripts.</summary>
internal static class AccessCommand
{
    public static Command Create() => new("access", "Sets who may use page and API; a running service follows at once")
    {
        Password(),
        new Command("token", "Tokens for scripts: 'Authorization: Bearer …'")
        {
            CreateToken(),
            List(),
            Revoke(),
        },
    };

    private static Command Password() =>
        Make("password", "Sets the password of the owner, or replaces it and ends every login; you are asked for it, or its first line of input is taken", [], [], async (store, _, cancellation) =>
        {
            var password = await HiddenInput.LineAsync("Password", cancellation);
            await store.SetPasswordAsync(password, cancellation);
            await Console.Out.WriteLineAsync($"The password is set in {store.Path}; a service whose state is there asks for it from now on.");
        });

    private static Command CreateToken()
    {
        var name = new Argument<string>("name") { Description = "What it is called in list and journal, such as nightly-report" };
        var scope = new Option<AccessScope>("--scope") { Description = "read looks at everything and changes nothing; trade may do what the owner may", Required = true };
        return Make("create", "Creates a token and shows it, once", [name], [scope], async (store, parsed, cancellation) =>
        {
            await Console.Out.WriteLineAsync(await store.CreateTokenAsync(parsed.GetValue(name)!, parsed.GetValue(scope), cancellation));
            await Console.Error.WriteLineAsync("Keep it where only its user can read it: it is not shown again.");
        });
    }

    private static Command List() =>
        Make("list", "Lists all tokens by name; none of them is shown", [], [], async (store, _, cancellation) =>
        {
            var known = await store.ReadAsync(cancellation);
            if (known.Tokens.IsEmpty) await Console.Out.WriteLineAsync("There are no tokens.");
            foreach (var token in known.Tokens)
                await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{token.Name,-32} {token.Scope.ToString().ToLowerInvariant(),-5} created {token.CreatedAt:yyyy-MM-dd HH:mm} UTC"));
        });

    private static Command Revoke()
    {
        var name = new Argument<string>("name") { Description = "Which one" };
        return Make("revoke", "Revokes a token; it stops at once", [name], [], async (store, parsed, cancellation) =>
        {
            var which = parsed.GetValue(name)!;
            if (!await store.RevokeTokenAsync(which, cancellation)) throw new AccessException($"There is no token {which}; 'trader access token list' shows what there is.");
            await Console.Out.WriteLineAsync($"{which} is revoked.");
        });
    }

    private static Command Make(string name, string description, IEnumerable<Argument> arguments, IEnumerable<Option> options, Func<CredentialStore, ParseResult, CancellationToken, Task> act)
    {
        var state = new StateOption();
        var command = new Command(name, description);
        state.AddTo(command);
        foreach (var argument in arguments) command.Add(argument);
        foreach (var option in options) command.Add(option);
        command.Runs(async (parsed, cancellation) =>
        {
            await act(new CredentialStore(state.Read(parsed).Access, TimeProvider.System), parsed, cancellation);
            return 0;
        });
        return command;
    }
}
