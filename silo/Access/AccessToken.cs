using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OrleansTrader.Silo.Access;

/// <summary>What is kept of a token for scripts: its SHA-256, which is enough since nobody can guess 32 random bytes.</summary>
/// <param name="Name">Lower-case letters, digits, '-' and '.'; who did something, in the journal.</param>
/// <param name="CreatedAt">UTC.</param>
public sealed record AccessToken(string Name, AccessScope Scope, byte[] Hash, DateTime CreatedAt)
{
    /// <summary>How every token begins, so that one that was published by mistake is found.</summary>
    private const string Mark = "trader_";

    private const int Length = 32;

    /// <summary>A new token's text, which is shown once and kept nowhere.</summary>
    internal static string NewText() => Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length));

    internal static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
