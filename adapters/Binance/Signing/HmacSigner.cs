using System.Security.Cryptography;
using System.Text;

namespace OrleansTrader.Adapters.Binance.Signing;

/// <summary>HMAC-SHA256 in 64 lower-case hexadecimal digits.</summary>
public sealed class HmacSigner : RequestSigner
{
    private readonly Lock _gate = new();
    private readonly IncrementalHash _hash;

    /// <param name="secret">As the exchange shows it; its UTF-8 bytes are the key.</param>
    public HmacSigner(string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        var key = Encoding.UTF8.GetBytes(secret);
        _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        CryptographicOperations.ZeroMemory(key);
    }

    public override int LongestSignature => 2 * HMACSHA256.HashSizeInBytes;

    public override int Sign(ReadOnlySpan<byte> payload, Span<byte> signature)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        lock (_gate)
        {
            _hash.AppendData(payload);
            _hash.GetHashAndReset(mac);
        }

        return Convert.TryToHexStringLower(mac, signature, out var length)
            ? length
            : throw new ArgumentException("There is no room for the signature.", nameof(signature));
    }

    protected override void Dispose(bool disposing) => _hash.Dispose();
}
