using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrleansTrader.Adapters.Secrets;

namespace OrleansTrader.Adapters.Journal;

/// <summary>
/// Seals the lines of a segment by AES-256-GCM. The key comes by HKDF from the master key, the segment's name and a salt of sixteen random
/// bytes that is new with each opening of the file; the nonce counts the lines of that opening. So no nonce is used twice with one key, also
/// where a line that a crash cut short is written anew with other facts.
/// </summary>
/// <remarks>A sealed line bears salt, count, text and tag as base64. Not thread-safe.</remarks>
internal sealed class SegmentSeal : IDisposable
{
    private const int SaltLength = 16;
    private const int CountLength = sizeof(long);
    private const int TagLength = 16;

    private readonly StateSeal _keys;
    private readonly string _keyId;
    private readonly string _name;
    private byte[] _salt;
    private AesGcm? _cipher;
    private long _count;

    public SegmentSeal(StateSeal keys, SegmentHead head)
    {
        (_keys, _keyId) = (keys, head.SealId);
        _name = string.Create(CultureInfo.InvariantCulture, $"journal {head.Account} {head.Number}");
        _salt = RandomNumberGenerator.GetBytes(SaltLength);
    }

    public byte[] Close(long first, long last, ReadOnlySpan<byte> json)
    {
        var sealedLine = new byte[SaltLength + CountLength + json.Length + TagLength];
        _salt.CopyTo(sealedLine.AsSpan());
        // Counted before it is used: what fails after that leaves a number out, and none is used again.
        BinaryPrimitives.WriteInt64BigEndian(sealedLine.AsSpan(SaltLength), ++_count);
        var text = sealedLine.AsSpan(SaltLength + CountLength, json.Length);
        Cipher().Encrypt(NonceOf(_count), json, text, sealedLine.AsSpan(sealedLine.Length - TagLength), About(first, last));
        var base64 = new byte[Base64.GetMaxEncodedToUtf8Length(sealedLine.Length)];
        Base64.EncodeToUtf8(sealedLine, base64, out _, out _);
        return base64;
    }

    /// <returns>Null when it is not as it was sealed.</returns>
    /// <exception cref="SecretException">The key with which it was sealed is not there.</exception>
    public byte[]? Open(long first, long last, ReadOnlySpan<byte> base64)
    {
        var sealedLine = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        if (Base64.DecodeFromUtf8(base64, sealedLine, out var read, out var length) != System.Buffers.OperationStatus.Done || read != base64.Length || length < SaltLength + CountLength + TagLength) return null;
        var salt = sealedLine.AsSpan(0, SaltLength);
        if (!salt.SequenceEqual(_salt)) (_salt, _cipher) = (salt.ToArray(), Forgotten());
        var json = new byte[length - SaltLength - CountLength - TagLength];
        try
        {
            Cipher().Decrypt(NonceOf(BinaryPrimitives.ReadInt64BigEndian(sealedLine.AsSpan(SaltLength))), sealedLine.AsSpan(SaltLength + CountLength, json.Length), sealedLine.AsSpan(length - TagLength, TagLength), json, About(first, last));
            return json;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public void Dispose() => _cipher?.Dispose();

    private AesGcm Cipher() => _cipher ??= new AesGcm(_keys.KeyFor(_keyId, _name, _salt), TagLength);

    private AesGcm? Forgotten()
    {
        _cipher?.Dispose();
        return null;
    }

    private static byte[] NonceOf(long count)
    {
        var nonce = new byte[AesGcmSeal.NonceLength];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(AesGcmSeal.NonceLength - CountLength), count);
        return nonce;
    }

    private byte[] About(long first, long last) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_name} {first}-{last}"));
}
