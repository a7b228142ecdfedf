using System.Security.Cryptography;
using System.Text;

namespace OrleansTrader.Adapters.Secrets;

/// <summary>PBKDF2-HMAC-SHA512 (RFC 8018): makes of what a person remembers a key, at a price that its owner pays once and whoever guesses with every guess.</summary>
public static class Pbkdf2
{
    /// <summary>Rounds for what is made today.</summary>
    public const int StandardIterations = 600_000;

    /// <summary>In bytes.</summary>
    public const int SaltLength = 32;

    /// <summary>More would only keep the owner waiting; a file that asks for more was altered.</summary>
    private const int MostIterations = 100_000_000;

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltLength);

    /// <summary>False for what was never made here: a file was altered or broken.</summary>
    public static bool AreSound(int iterations, byte[]? salt) => salt is { Length: SaltLength } && iterations is >= StandardIterations and <= MostIterations;

    /// <summary>False for text with control characters: HMAC fills a key up with zeros, so that a text and the same with zeros after it would be one.</summary>
    public static bool IsTyped(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return !text.Any(char.IsControl);
    }

    /// <param name="length">Of the key, in bytes.</param>
    public static byte[] Derive(string text, byte[] salt, int iterations, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(text), salt, iterations, HashAlgorithmName.SHA512, length);
}
