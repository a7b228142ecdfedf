using System.Text;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Secrets;

/// <summary>What the owner gives to open what is sealed: a key of 32 bytes, or a passphrase.</summary>
/// <remarks>Text that is base64 of exactly 32 bytes is a key; any other is a passphrase.</remarks>
public sealed class KeyMaterial
{
    /// <summary>The least length of a passphrase, in characters.</summary>
    public const int LeastPassphrase = 12;

    /// <summary>The length of a key, in bytes.</summary>
    public const int KeyLength = 32;

    private readonly byte[]? _key;
    private readonly string _passphrase;

    private KeyMaterial(byte[]? key, string passphrase) => (_key, _passphrase) = (key, passphrase);

    public bool IsPassphrase => _key is null;

    /// <param name="text">White space around it does not count: a file often ends in a line feed.</param>
    /// <param name="where">Where it comes from, for the message.</param>
    /// <exception cref="SecretException">It is neither.</exception>
    public static KeyMaterial Parse(string text, string where)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        KnownSecrets.OfProcess.Add(trimmed);
        var key = new byte[KeyLength + 1];
        if (Convert.TryFromBase64String(trimmed, key, out var length) && length == KeyLength) return new KeyMaterial(key[..KeyLength], "");
        if (!Pbkdf2.IsTyped(trimmed)) throw new SecretException($"The passphrase from {where} has control characters, such as a second line; use what can be typed in one line.");
        return trimmed.Length >= LeastPassphrase
            ? new KeyMaterial(key: null, trimmed)
            : throw new SecretException($"The key from {where} is too short; give {KeyLength} random bytes in base64, as 'openssl rand -base64 {KeyLength}' makes them, or a passphrase of at least {LeastPassphrase} characters.");
    }

    /// <summary>What a file has: exactly 32 bytes are a key as they are, anything else is the text of one, or a passphrase.</summary>
    /// <exception cref="SecretException">It is neither.</exception>
    public static KeyMaterial Read(ReadOnlySpan<byte> content, string where)
    {
        var text = Encoding.UTF8.GetString(content);
        // Letters and nothing else are a passphrase of that length.
        if (content.Length == KeyLength && !text.All(letter => char.IsAscii(letter) && !char.IsControl(letter)))
        {
            KnownSecrets.OfProcess.Add(content);
            return new KeyMaterial(content.ToArray(), "");
        }

        return text.Contains('\uFFFD', StringComparison.Ordinal)
            ? throw new SecretException($"The key from {where} is no text and has {Counted.Of(content.Length, "byte")}; give {KeyLength} bytes as they are or in base64, or a passphrase.")
            : Parse(text, where);
    }

    /// <summary>The master key: the key itself, or what the rule makes of the passphrase.</summary>
    /// <exception cref="SecretException">The rule is for the other kind.</exception>
    internal MasterKey Derive(KeyRule rule)
    {
        if (rule.IsPassphrase != IsPassphrase)
            throw new SecretException($"What is sealed was sealed with {Word(rule.IsPassphrase)}, and {Word(IsPassphrase)} was given; nothing was changed.");
        return new MasterKey(_key is null ? Pbkdf2.Derive(_passphrase, rule.Salt, rule.Iterations, KeyLength) : [.. _key]);
    }

    private static string Word(bool isPassphrase) => isPassphrase ? "a passphrase" : "a key of 32 bytes";
}
