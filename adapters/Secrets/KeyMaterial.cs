using System.Security.Cryptography;
using System.Text;

namespace OrleansTrader.Adapters.Secrets;

/// <summary>What the owner gives to open what is sealed: a key of 32 bytes, or a passphrase.</summary>
/// <remarks>Text that is base64 of exactly 32 bytes is a key; any other is a passphrase.</remarks>
public sealed class KeyMaterial
{
    /// <summary>The least length of a passphrase, in characters.</summary>
    public const int LeastPassphrase = 12;

    /// <summary>The length of a key, in bytes.</summary>
    public const int KeyLength = 32;

    private readonly byte[] _bytes;

    private KeyMaterial(byte[] bytes, bool isPassphrase) => (_bytes, IsPassphrase) = (bytes, isPassphrase);

    public bool IsPassphrase { get; }

    /// <param name="text">White space around it does not count: a file often ends in a line feed.</param>
    /// <param name="where">Where it comes from, for the message.</param>
    /// <exception cref="SecretException">It is neither.</exception>
    public static KeyMaterial Parse(string text, string where)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        KnownSecrets.OfProcess.Add(trimmed);
        var key = new byte[KeyLength + 1];
        if (Convert.TryFromBase64String(trimmed, key, out var length) && length == KeyLength) return new KeyMaterial(key[..KeyLength], isPassphrase: false);
        return trimmed.Length >= LeastPassphrase
            ? new KeyMaterial(Encoding.UTF8.GetBytes(trimmed), isPassphrase: true)
            : throw new SecretException($"The key from {where} is too short; give {KeyLength} random bytes in base64, as 'openssl rand -base64 {KeyLength}' makes them, or a passphrase of at least {LeastPassphrase} characters.");
    }

    /// <summary>The master key: the key itself, or what the rule makes of the passphrase.</summary>
    /// <exception cref="SecretException">The rule is for the other kind.</exception>
    internal MasterKey Derive(KeyRule rule)
    {
        if (rule.IsPassphrase != IsPassphrase)
            throw new SecretException($"What is sealed was sealed with {Word(rule.IsPassphrase)}, and {Word(IsPassphrase)} was given; nothing was changed.");
        return new MasterKey(IsPassphrase ? Rfc2898DeriveBytes.Pbkdf2(_bytes, rule.Salt.AsSpan(), rule.Iterations, HashAlgorithmName.SHA512, KeyLength) : [.. _bytes]);
    }

    private static string Word(bool isPassphrase) => isPassphrase ? "a passphrase" : "a key of 32 bytes";
}
