using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrleansTrader.Adapters.Secrets;

/// <summary>
/// The master keys with which journals and snapshots are sealed: random ones, which lie in a file that the owner's key or passphrase opens.
/// So the owner's key can be changed without sealing anything anew, and a new master key leaves what is sealed with the ones before readable.
/// </summary>
public sealed class StateSeal
{
    private const string NamePrefix = "master.";
    private const string Mark = "sealed ";
    private const int SaltLength = 16;
    private const int IdLength = 4;

    private readonly IReadOnlyDictionary<string, byte[]> _keys;

    private StateSeal(IReadOnlyDictionary<string, byte[]> keys) => (_keys, CurrentId) = (keys, keys.Keys.MaxBy(NumberOf)!);

    /// <summary>By which the key is called with which is sealed now.</summary>
    public string CurrentId { get; }

    /// <summary>Opens the file of master keys; makes it with the first one where there is none.</summary>
    /// <exception cref="SecretException">The owner's key is another one, or the file was altered; nothing was changed.</exception>
    public static async Task<StateSeal> OpenAsync(string path, KeyMaterial owner, TimeProvider clock, CancellationToken cancellation = default)
    {
        var store = new SecretStore(path, clock);
        var secrets = await store.ReadAsync(owner, cancellation);
        if (secrets.Count > 0) return Of(secrets);
        await AddAsync(store, number: 1, owner, cancellation);
        return Of(await store.ReadAsync(owner, cancellation));
    }

    /// <summary>Adds a master key, with which is sealed from now on.</summary>
    /// <exception cref="SecretException">The owner's key is another one, or the file was altered; nothing was changed.</exception>
    public static async Task<StateSeal> RotateAsync(string path, KeyMaterial owner, TimeProvider clock, CancellationToken cancellation = default)
    {
        var known = await OpenAsync(path, owner, clock, cancellation);
        var store = new SecretStore(path, clock);
        await AddAsync(store, NumberOf(known.CurrentId) + 1, owner, cancellation);
        return Of(await store.ReadAsync(owner, cancellation));
    }

    /// <summary>Seals a whole text, by a key of its own.</summary>
    /// <param name="about">What it belongs to: it opens as nothing else.</param>
    public byte[] Close(ReadOnlySpan<byte> text, string about)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var head = Encoding.ASCII.GetBytes($"{Mark}{CurrentId}\n");
        // The key is used once, so that one nonce is enough.
        return [.. head, .. salt, .. AesGcmSeal.Close(KeyFor(CurrentId, about, salt), new byte[AesGcmSeal.NonceLength], text, Encoding.UTF8.GetBytes(about))];
    }

    /// <summary>True for what <see cref="Close"/> has made.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> content) => content.StartsWith(Encoding.ASCII.GetBytes(Mark));

    /// <returns>Null when it was altered, or belongs to something else.</returns>
    /// <exception cref="SecretException">It was sealed with a key that is not there.</exception>
    public byte[]? Open(ReadOnlySpan<byte> content, string about)
    {
        var end = content.IndexOf((byte)'\n');
        if (!IsSealed(content) || end < Mark.Length || content.Length < end + 1 + SaltLength) return null;
        var id = Encoding.ASCII.GetString(content[Mark.Length..end]);
        // What no key is ever called is an altered head, and not a key that was lost.
        if (!IsId(id)) return null;
        var salt = content.Slice(end + 1, SaltLength);
        return AesGcmSeal.Open(KeyFor(id, about, salt), new byte[AesGcmSeal.NonceLength], content[(end + 1 + SaltLength)..], Encoding.UTF8.GetBytes(about));
    }

    /// <summary>A key for one purpose.</summary>
    /// <exception cref="SecretException">There is no master key of that name.</exception>
    internal byte[] KeyFor(string id, string purpose, ReadOnlySpan<byte> salt)
    {
        if (!_keys.TryGetValue(id, out var master)) throw new SecretException($"Something is sealed with the master key {id}, which is not among those of this installation: its seal.json is older than that, or was made anew. Restore the seal.json that belongs to it, since without it nobody can read what is sealed so; nothing was changed.");
        using var key = new MasterKey([.. master]);
        return key.For(purpose, salt);
    }

    private static StateSeal Of(IReadOnlyDictionary<string, Secret> secrets) =>
        new(secrets.ToDictionary(secret => secret.Key[NamePrefix.Length..], secret => Convert.FromBase64String(secret.Value.Value), StringComparer.Ordinal));

    /// <summary>No two keys are ever called the same, so that one that was made in place of a lost one is not taken for it.</summary>
    private static Task AddAsync(SecretStore store, int number, KeyMaterial owner, CancellationToken cancellation) =>
        store.SetAsync(string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}{number}-{RandomNumberGenerator.GetHexString(2 * IdLength, lowercase: true)}"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyMaterial.KeyLength)), owner, cancellation);

    private static bool IsId(string id)
    {
        var number = id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal) is >= 0 and var end ? end : id.Length);
        var rest = id.AsSpan(number.Length);
        return number.Length is > 0 and <= 9 && !number.ContainsAnyExceptInRange('0', '9')
            && (rest.Length == 0 || (rest.Length == 1 + (2 * IdLength) && !rest[1..].ContainsAnyExcept("0123456789abcdef")));
    }

    /// <summary>Those of older versions have a number alone.</summary>
    private static int NumberOf(string id) => int.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal) is > 0 and var end ? end : id.Length), NumberStyles.None, CultureInfo.InvariantCulture);
}
