using System.Text;
using OrleansTrader.Adapters.Secrets;

namespace OrleansTrader.Adapters.Binance.Signing;

/// <summary>
/// The parameters of one REST request as they are sent and signed: in the order in which they were added, percent-encoded first and
/// signed then. Used again and again, it needs no memory.
/// </summary>
/// <remarks>Names are plain ASCII and not encoded. Not for use by several threads at once.</remarks>
public sealed class RequestText
{
    private const int UsualLength = 512;
    private const int LongestSignatureOnStack = 1024;

    private readonly TextBuffer _buffer = new(UsualLength);

    /// <summary>What is sent, and before <see cref="Sign"/> what is signed.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.Bytes;

    /// <summary>As <see cref="Bytes"/>; good until the text changes.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.Memory;

    /// <summary>In bytes.</summary>
    public int Length => _buffer.Length;

    public void Clear() => _buffer.CutTo(0);

    /// <summary>Takes back what was added since the text had this length, such as a timestamp and its signature.</summary>
    public void CutTo(int length) => _buffer.CutTo(length);

    public RequestText Add(ReadOnlySpan<byte> name, ReadOnlySpan<char> value)
    {
        Name(name);
        PercentEncoding.Append(_buffer, value);
        return this;
    }

    public RequestText Add(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        _buffer.Append(value);
        return this;
    }

    /// <summary>Written without exponent and without zeros at the end.</summary>
    public RequestText Add(ReadOnlySpan<byte> name, decimal value)
    {
        Name(name);
        _buffer.Append(value);
        return this;
    }

    /// <summary>Signs what was added so far and adds the signature, behind which nothing may follow.</summary>
    public void Sign(RequestSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        Span<byte> room = stackalloc byte[LongestSignatureOnStack];
        var signature = room[..signer.Sign(Bytes, room)];
        Name("signature"u8);
        PercentEncoding.Append(_buffer, signature);
        signature.Clear();
    }

    /// <summary>The text as a part of an address.</summary>
    internal string ToQuery() => Encoding.ASCII.GetString(Bytes);

    /// <summary>Says nothing, since the text may bear a signature.</summary>
    public override string ToString() => KnownSecrets.Mask;

    private void Name(ReadOnlySpan<byte> name)
    {
        if (_buffer.Length > 0) _buffer.Append((byte)'&');
        _buffer.Append(name);
        _buffer.Append((byte)'=');
    }
}
