using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrleansTrader.Adapters.Journal;

/// <summary>
/// The chain of a journal: each line bears the first sixteen bytes of an HMAC-SHA256 over that of the line before and over its own
/// content, so that no line can be altered, left out, put in or moved without the key.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class JournalChain(byte[] key) : IDisposable
{
    private const int MacLength = 16;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);

    /// <summary>By which a journal says with which key it was written; tells nothing about the key.</summary>
    public string KeyId => Next(UInt128.Zero, 0, 0, "key"u8).ToString("x32", CultureInfo.InvariantCulture)[..8];

    /// <summary>Where the chain of an account begins.</summary>
    public UInt128 StartOf(string account) => Next(UInt128.Zero, 0, 0, Encoding.UTF8.GetBytes($"journal {account}"));

    /// <param name="before">What the line before bears.</param>
    /// <param name="first">The number of the line's first fact.</param>
    /// <param name="last">Of its last one.</param>
    public UInt128 Next(UInt128 before, long first, long last, ReadOnlySpan<byte> content)
    {
        Span<byte> bytes = stackalloc byte[HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, before);
        BinaryPrimitives.WriteInt64BigEndian(bytes[MacLength..], first);
        BinaryPrimitives.WriteInt64BigEndian(bytes[(MacLength + sizeof(long))..], last);
        _hash.AppendData(bytes);
        _hash.AppendData(content);
        _hash.GetHashAndReset(bytes);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public void Dispose() => _hash.Dispose();
}
