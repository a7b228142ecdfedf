using System.Security.Cryptography;

namespace OrleansTrader.Adapters.Binance.Signing;

/// <summary>A private key as its owner stored it: PEM, or the base64 of an Ed25519 key alone.</summary>
internal static class PrivateKeyText
{
    private const string Frame = "-----BEGIN ";

    private const string Ed25519Refusal =
        "This is an Ed25519 key, with which this service cannot sign, since .NET has no Ed25519; make an API key of the kind HMAC or RSA at Binance and store that one.";

    // The object identifier 1.3.101.112 (RFC 8410) stands within the first bytes of such a key.
    private const int HeadLength = 24;

    // 48 bytes of PKCS#8 around 32 of key.
    private const int LongestBareKey = 128;

    private static ReadOnlySpan<byte> Ed25519Identifier => [0x06, 0x03, 0x2B, 0x65, 0x70];

    /// <summary>True for what is a key file rather than the secret of an HMAC pair.</summary>
    public static bool IsKey(string secret) => secret.StartsWith(Frame, StringComparison.Ordinal) || IsBareEd25519(secret);

    /// <exception cref="BinanceKeyException">It is no RSA private key from 2048 to 4096 bits, or one under a passphrase.</exception>
    public static RSA ReadRsa(string secret)
    {
        if (IsBareEd25519(secret)) throw new BinanceKeyException(Ed25519Refusal);
        if (!PemEncoding.TryFind(secret, out var fields)) throw new BinanceKeyException("The private key is cut off or damaged; store the whole file again, from its BEGIN line to its END line.");
        switch (secret.AsSpan()[fields.Label])
        {
            case "ENCRYPTED PRIVATE KEY":
                throw new BinanceKeyException("The private key is under a passphrase; store it without one (openssl pkcs8 -in key.pem -out open.pem), the secret store seals it.");
            case "PUBLIC KEY" or "RSA PUBLIC KEY":
                throw new BinanceKeyException("This is the public key, which belongs to Binance; store the private key of the pair.");
            case "PRIVATE KEY" when IsEd25519(Convert.FromBase64String(secret[fields.Base64Data])):
                throw new BinanceKeyException(Ed25519Refusal);
            case "PRIVATE KEY" or "RSA PRIVATE KEY":
                return Import(secret);
            default:
                throw new BinanceKeyException("This is no private key that Binance takes; make an API key of the kind HMAC or RSA and store its secret or its private key.");
        }
    }

    private static RSA Import(string pem)
    {
        var key = RSA.Create();
        if (!TryImport(key, pem))
        {
            key.Dispose();
            throw new BinanceKeyException("The private key cannot be read as an RSA key; make an API key of the kind HMAC or RSA and store its secret or its private key.");
        }

        if (key.KeySize is >= RsaSigner.ShortestKey and <= RsaSigner.LongestKey) return key;
        var bits = key.KeySize;
        key.Dispose();
        throw new BinanceKeyException($"The RSA key has {bits} bits; Binance takes {RsaSigner.ShortestKey} to {RsaSigner.LongestKey}.");
    }

    // What the library says is left out: it may quote what it read.
    private static bool TryImport(RSA key, string pem)
    {
        try
        {
            key.ImportFromPem(pem);
            return true;
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsBareEd25519(string secret)
    {
        if (secret.Length > LongestBareKey) return false;
        Span<byte> key = stackalloc byte[LongestBareKey];
        return Convert.TryFromBase64String(secret, key, out var length) && IsEd25519(key[..length]);
    }

    private static bool IsEd25519(ReadOnlySpan<byte> key) => key[..Math.Min(HeadLength, key.Length)].IndexOf(Ed25519Identifier) >= 0;
}
