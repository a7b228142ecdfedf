using System.Security.Cryptography;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Silo.Access;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Api.Security;

/// <summary>Writes into the journal of the service which password and tokens hold, whenever that has changed; also while it did not run.</summary>
/// <param name="journal">Null in a process that has none.</param>
internal sealed class CredentialNotes(ServiceJournal? journal = null)
{
    private const string Beginning = "credentials: ";
    private const string Nothing = "none";
    private const int MarkBytes = 4;

    private string? _latest;

    public async Task TakeAsync(Credentials credentials)
    {
        if (journal is null) return;
        var now = Beginning + Describe(credentials);
        _latest ??= await journal.LatestAsync(Beginning) ?? Beginning + Nothing;
        if (string.Equals(now, _latest.Split("; ")[0], StringComparison.Ordinal)) return;
        var (before, after) = (Items(_latest), Items(now));
        string[] changes = [.. after.Except(before, StringComparer.Ordinal).Select(item => $"{item} set"), .. before.Except(after, StringComparer.Ordinal).Select(item => $"{item} gone")];
        _latest = now;
        await journal.NoteAsync(new AccountCommand(Caller.Owner.Who, "the command line", $"{now}; {string.Join(", ", changes)}"));
    }

    private static string Describe(Credentials credentials)
    {
        string[] items = [.. credentials.Password is { } password ? [$"password {MarkOf(password.Salt)}"] : Array.Empty<string>(), .. credentials.Tokens.Select(token => $"token {token.Name} ({token.Scope.ToString().ToLowerInvariant()}) {MarkOf(token.Hash)}")];
        return items.Length == 0 ? Nothing : string.Join(", ", items);
    }

    private static string[] Items(string note) => note.Split("; ")[0][Beginning.Length..] is var list && list is Nothing ? [] : list.Split(", ");

    // Tells one from the next of the same name, and nothing about it.
    private static string MarkOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, MarkBytes));
}
