using System.Security.Cryptography;
using System.Text;
using OrleansTrader.ExchangeSimulator.Accounts;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>Whether a request was signed with a key: HMAC-SHA256 in hexadecimal, or RSA (PKCS#1 1.5, SHA-256) in base64.</summary>
internal static class Signing
{
    public static bool IsBy(KeyOptions key, string payload, string signature)
    {
        var bytes = Encoding.UTF8.GetBytes(payload);
        return key.PublicKeyPem is { } pem ? IsByRsa(pem, bytes, signature) : key.Secret is { } secret && IsByHmac(secret, bytes, signature);
    }

    private static bool IsByHmac(string secret, byte[] payload, string signature)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isHex = signature.Length == 2 * claimed.Length && Convert.FromHexString(signature, claimed, out _, out var written) == System.Buffers.OperationStatus.Done && written == claimed.Length;
        return isHex && CryptographicOperations.FixedTimeEquals(claimed, HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), payload));
    }

    private static bool IsByRsa(string pem, byte[] payload, string signature)
    {
        var claimed = new byte[signature.Length];
        if (!Convert.TryFromBase64String(signature, claimed, out var written)) return false;
        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return rsa.VerifyData(payload, claimed.AsSpan(0, written), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
