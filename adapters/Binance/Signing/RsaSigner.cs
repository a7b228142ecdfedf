using System.Buffers.Text;
using System.Security.Cryptography;

namespace OrleansTrader.Adapters.Binance.Signing;

/// <summary>RSASSA-PKCS1-v1_5 with SHA-256, in base64.</summary>
public sealed class RsaSigner : RequestSigner
{
    /// <summary>The shortest key that the exchange takes, in bits.</summary>
    public const int ShortestKey = 2048;

    /// <summary>The longest key that the exchange takes, in bits.</summary>
    public const int LongestKey = 4096;

    private const int BitsOfByte = 8;

    private readonly Lock _gate = new();
    private readonly RSA _key;

    /// <param name="key">From 2048 to 4096 bits; belongs to the signer from now on.</param>
    public RsaSigner(RSA key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(key.KeySize, ShortestKey, nameof(key));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.KeySize, LongestKey, nameof(key));
        _key = key;
    }

    public override int LongestSignature => Base64.GetMaxEncodedToUtf8Length(_key.KeySize / BitsOfByte);

    public override int Sign(ReadOnlySpan<byte> payload, Span<byte> signature)
    {
        int length;
        lock (_gate)
        {
            if (!_key.TrySignData(payload, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, out length))
                throw new ArgumentException("There is no room for the signature.", nameof(signature));
        }

        Base64.EncodeToUtf8InPlace(signature, length, out var textLength);
        return textLength;
    }

    protected override void Dispose(bool disposing) => _key.Dispose();
}
