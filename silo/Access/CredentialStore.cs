using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Silo.Access;

/// <summary>The credentials in a file that only its owner may read; it holds hashes, no password and no token.</summary>
/// <param name="path">The file; created with the first password or token.</param>
public sealed class CredentialStore(string path, TimeProvider clock)
{
    private const int MostTokens = 100;
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    private readonly SnapshotFile _file = new(isPrivate: true);

    /// <summary>The file.</summary>
    public string Path => System.IO.Path.GetFullPath(path);

    /// <summary>Changes when the content does; null while there is no file.</summary>
    public (DateTime Written, long Length)? Version => new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : null;

    /// <summary>What is set; nothing when there is no file.</summary>
    /// <exception cref="AccessException">The file was altered or is none of credentials.</exception>
    public async Task<Credentials> ReadAsync(CancellationToken cancellation = default) =>
        await _file.ReadAsync(path, cancellation) is { } content ? Parse(content) : Credentials.None;

    /// <summary>Sets the password of the owner, or replaces it; who is logged in is logged out.</summary>
    /// <exception cref="AccessException">It is not allowed; nothing was changed.</exception>
    public async Task SetPasswordAsync(string password, CancellationToken cancellation = default)
    {
        KnownSecrets.OfProcess.Add(password);
        var hash = PasswordHash.Of(password);
        using var turn = ChangeLock.Take(path);
        await WriteAsync(await ReadAsync(cancellation) with { Password = hash }, cancellation);
    }

    /// <summary>Creates a token and gives its text, which nobody can read again.</summary>
    /// <exception cref="AccessException">The name is not allowed or taken, or there are too many; nothing was changed.</exception>
    public async Task<string> CreateTokenAsync(string name, AccessScope scope, CancellationToken cancellation = default)
    {
        if (!PlainName.Is(name)) throw new AccessException($"'{name}' is no name of a token; {PlainName.Rule}.");
        using var turn = ChangeLock.Take(path);
        var known = await ReadAsync(cancellation);
        if (Find(known, name) is not null) throw new AccessException($"There is a token {name} already; revoke it first, or take another name.");
        if (known.Tokens.Length == MostTokens) throw new AccessException($"There are {MostTokens} tokens, which is as many as there may be; revoke one first.");
        var text = AccessToken.NewText();
        KnownSecrets.OfProcess.Add(text);
        var token = new AccessToken(name, scope, AccessToken.HashOf(text), clock.GetUtcNow().UtcDateTime);
        await WriteAsync(known with { Tokens = [.. known.Tokens.Add(token).OrderBy(one => one.Name, StringComparer.Ordinal)] }, cancellation);
        return text;
    }

    /// <returns>False when there is none of that name.</returns>
    /// <exception cref="AccessException">The file was altered.</exception>
    public async Task<bool> RevokeTokenAsync(string name, CancellationToken cancellation = default)
    {
        using var turn = ChangeLock.Take(path);
        var known = await ReadAsync(cancellation);
        if (Find(known, name) is not { } token) return false;
        await WriteAsync(known with { Tokens = known.Tokens.Remove(token) }, cancellation);
        return true;
    }

    private static AccessToken? Find(Credentials known, string name) => known.Tokens.FirstOrDefault(token => string.Equals(token.Name, name, StringComparison.Ordinal));

    private ValueTask WriteAsync(Credentials credentials, CancellationToken cancellation) =>
        _file.ReplaceAsync(path, JsonSerializer.SerializeToUtf8Bytes(credentials, Json), cancellation);

    private Credentials Parse(byte[] content)
    {
        try
        {
            if (JsonSerializer.Deserialize<Credentials>(content, Json) is { AreSound: true } credentials) return credentials;
        }
        catch (JsonException)
        {
            // Said below, as for content that is JSON of something else.
        }

        throw new AccessException($"{path} was altered or is no file of credentials; restore it from a backup, or delete it and its .bak and set them again.");
    }
}
