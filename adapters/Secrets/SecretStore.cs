using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Secrets;

/// <summary>The owner's secrets in one sealed file, which only they may read; the previous version stays beside it until the key is changed.</summary>
/// <param name="path">The file; created with the first secret.</param>
public sealed class SecretStore(string path, TimeProvider clock)
{
    /// <summary>The longest value, in characters: room for a private key in PEM.</summary>
    public const int LongestValue = 16_384;

    private readonly SnapshotFile _file = new(isPrivate: true, isStrict: true);

    public bool Exists => File.Exists(path) || File.Exists(path + ".bak");

    /// <summary>All secrets by name; none when there is no file.</summary>
    /// <exception cref="SecretException">The key is another one, or the file was altered.</exception>
    public async Task<IReadOnlyDictionary<string, Secret>> ReadAsync(KeyMaterial key, CancellationToken cancellation = default) =>
        (await LoadAsync(key, cancellation)).Secrets;

    /// <summary>Sets a secret, or replaces it.</summary>
    /// <exception cref="SecretException">Name or value is not allowed, the key is another one, or the file was altered; nothing was changed.</exception>
    public async Task SetAsync(string name, string value, KeyMaterial key, CancellationToken cancellation = default)
    {
        if (!PlainName.Is(name)) throw new SecretException($"'{name}' is no name of a secret; {PlainName.Rule}.");
        ArgumentNullException.ThrowIfNull(value);
        KnownSecrets.OfProcess.Add(value);
        if (value.Length is 0 or > LongestValue) throw new SecretException($"The value of {name} has {value.Length} characters; it must have from 1 to {LongestValue}.");
        using var turn = ChangeLock.Take(path);
        var (secrets, rule) = await LoadAsync(key, cancellation);
        secrets[name] = new Secret(value, clock.GetUtcNow().UtcDateTime);
        await _file.WriteAsync(path, SecretFile.Write(secrets, key, rule), cancellation);
    }

    /// <returns>False when there is none of that name.</returns>
    /// <exception cref="SecretException">The key is another one, or the file was altered; nothing was changed.</exception>
    public async Task<bool> RemoveAsync(string name, KeyMaterial key, CancellationToken cancellation = default)
    {
        using var turn = ChangeLock.Take(path);
        var (secrets, rule) = await LoadAsync(key, cancellation);
        if (!secrets.Remove(name)) return false;
        await _file.ReplaceAsync(path, SecretFile.Write(secrets, key, rule), cancellation);
        return true;
    }

    /// <summary>Seals everything with another key; the one before opens nothing any more.</summary>
    /// <exception cref="SecretException">There is nothing to seal, the old key is another one, or the file was altered; nothing was changed.</exception>
    public async Task RotateAsync(KeyMaterial old, KeyMaterial next, CancellationToken cancellation = default)
    {
        if (!Exists) throw new SecretException($"There are no secrets in {path} yet, so there is no key to change.");
        using var turn = ChangeLock.Take(path);
        var (secrets, _) = await LoadAsync(old, cancellation);
        await _file.ReplaceAsync(path, SecretFile.Write(secrets, next, KeyRule.For(next)), cancellation);
    }

    private async Task<(SortedDictionary<string, Secret> Secrets, KeyRule Rule)> LoadAsync(KeyMaterial key, CancellationToken cancellation)
    {
        if (await _file.ReadAsync(path, cancellation) is not { } content) return (new SortedDictionary<string, Secret>(StringComparer.Ordinal), KeyRule.For(key));
        var loaded = SecretFile.Read(content, key, path);
        foreach (var secret in loaded.Secrets.Values) KnownSecrets.OfProcess.Add(secret.Value);
        return loaded;
    }
}
