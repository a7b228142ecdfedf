using System.Security.Cryptography;

namespace OrleansTrader.Adapters.Secrets;

/// <summary>AES-256-GCM (NIST SP 800-38D) over whole texts: what was altered, or sealed for something else, does not open.</summary>
internal static class AesGcmSeal
{
    /// <summary>Bytes of a nonce; none may be used twice with one key.</summary>
    public const int NonceLength = 12;

    private const int TagLength = 16;

    /// <param name="about">What the text belongs to, which is not sealed but must be the same to open it.</param>
    /// <returns>The sealed text and its tag.</returns>
    public static byte[] Close(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> text, ReadOnlySpan<byte> about)
    {
        var closed = new byte[text.Length + TagLength];
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, text, closed.AsSpan(0, text.Length), closed.AsSpan(text.Length), about);
        return closed;
    }

    /// <returns>The text; null when anything was altered.</returns>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> closed, ReadOnlySpan<byte> about)
    {
        if (closed.Length < TagLength || nonce.Length != NonceLength) return null;
        var text = new byte[closed.Length - TagLength];
        try
        {
            using var cipher = new AesGcm(key, TagLength);
            cipher.Decrypt(nonce, closed[..text.Length], closed[text.Length..], text, about);
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
