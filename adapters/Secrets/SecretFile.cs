using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OrleansTrader.Adapters.Secrets;

/// <summary>What a file of secrets has: how its key is made, a check by which a wrong key is known, and all secrets sealed as one text.</summary>
/// <param name="Format">1.</param>
/// <param name="Check">Derived from the key; tells nothing about it.</param>
/// <param name="Nonce">New with each writing.</param>
internal sealed record SecretFile(int Format, KeyRule Key, byte[] Check, byte[] Nonce, byte[] Sealed)
{
    private const int CurrentFormat = 1;
    private const int CheckLength = 16;

    public static byte[] Write(IReadOnlyDictionary<string, Secret> secrets, KeyMaterial key, KeyRule rule)
    {
        using var master = key.Derive(rule);
        var nonce = RandomNumberGenerator.GetBytes(AesGcmSeal.NonceLength);
        var check = CheckOf(master, rule);
        var text = JsonSerializer.SerializeToUtf8Bytes(secrets);
        var closed = AesGcmSeal.Close(master.For("secrets", rule.Salt), nonce, text, About(rule, check));
        CryptographicOperations.ZeroMemory(text);
        return JsonSerializer.SerializeToUtf8Bytes(new SecretFile(CurrentFormat, rule, check, nonce, closed));
    }

    /// <param name="path">For the messages.</param>
    /// <exception cref="SecretException">The key is another one, or the file was altered.</exception>
    public static (SortedDictionary<string, Secret> Secrets, KeyRule Rule) Read(byte[] content, KeyMaterial key, string path)
    {
        if (Parse(content) is not { Format: CurrentFormat, Key.IsSound: true } file) throw Altered(path);
        using var master = key.Derive(file.Key);
        if (!CryptographicOperations.FixedTimeEquals(file.Check, CheckOf(master, file.Key)))
            throw new SecretException($"The key does not open {path}: it is another one than that with which it was sealed; nothing was changed.");
        var text = AesGcmSeal.Open(master.For("secrets", file.Key.Salt), file.Nonce, file.Sealed, About(file.Key, file.Check)) ?? throw Altered(path);
        var secrets = JsonSerializer.Deserialize<SortedDictionary<string, Secret>>(text) ?? throw Altered(path);
        CryptographicOperations.ZeroMemory(text);
        return (new SortedDictionary<string, Secret>(secrets, StringComparer.Ordinal), file.Key);
    }

    private static SecretFile? Parse(byte[] content)
    {
        try
        {
            var file = JsonSerializer.Deserialize<SecretFile>(content);
            return file is { Key.Salt: not null, Check: not null, Nonce: not null, Sealed: not null } ? file : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SecretException Altered(string path) => new($"{path} was altered or is no file of secrets; restore it from a backup, or delete it and set the secrets again.");

    private static byte[] CheckOf(MasterKey master, KeyRule rule) => master.For("check", rule.Salt, CheckLength);

    /// <summary>What is not sealed but may not be altered either.</summary>
    private static byte[] About(KeyRule rule, byte[] check) => Encoding.UTF8.GetBytes($"secrets {CurrentFormat} {rule.Iterations} {Convert.ToHexString(rule.Salt)} {Convert.ToHexString(check)}");
}
