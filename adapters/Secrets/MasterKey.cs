using System.Security.Cryptography;
using System.Text;

namespace OrleansTrader.Adapters.Secrets;

/// <summary>The key from which every other is derived, by HKDF-SHA256 (RFC 5869); it seals nothing itself.</summary>
internal sealed class MasterKey(byte[] key) : IDisposable
{
    /// <summary>A key for one purpose.</summary>
    /// <param name="purpose">Says what for; whoever says the same with the same salt gets the same key.</param>
    /// <param name="length">In bytes.</param>
    public byte[] For(string purpose, ReadOnlySpan<byte> salt, int length = KeyMaterial.KeyLength)
    {
        var derived = new byte[length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt, Encoding.UTF8.GetBytes(purpose));
        return derived;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(key);
}
