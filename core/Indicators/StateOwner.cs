using System.Buffers.Binary;
using System.Text;

namespace OrleansTrader.Core.Indicators;

/// <summary>Whose state it is, as the first bytes of the state say, so that nobody goes on from the state of another.</summary>
/// <param name="Name">In words.</param>
/// <param name="Parameters">What it was made with, as a hash.</param>
internal readonly record struct StateOwner(string Name, long Parameters)
{
    // The form of the bytes; another one begins with another number.
    private const int Form = 0x3153544F;
    private const int Sizes = (2 * sizeof(int)) + sizeof(long);

    public int Length => Sizes + Encoding.UTF8.GetByteCount(Name);

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Form);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[sizeof(int)..], Encoding.UTF8.GetByteCount(Name));
        BinaryPrimitives.WriteInt64LittleEndian(bytes[(2 * sizeof(int))..], Parameters);
        Encoding.UTF8.GetBytes(Name, bytes[Sizes..]);
    }

    /// <summary>Why the state is not of this owner, in a sentence; null when it is.</summary>
    public string? WhyNot(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Sizes || BinaryPrimitives.ReadInt32LittleEndian(bytes) != Form) return "These bytes are not a saved state.";
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[sizeof(int)..]);
        if (length < 0 || length > bytes.Length - Sizes) return "The saved state is cut off.";
        var name = Encoding.UTF8.GetString(bytes.Slice(Sizes, length));
        if (!string.Equals(name, Name, StringComparison.Ordinal)) return $"The saved state is of {name}, not of {Name}.";
        return BinaryPrimitives.ReadInt64LittleEndian(bytes[(2 * sizeof(int))..]) == Parameters
            ? null
            : $"The saved state is of {Name} with other parameters, or of another version of it.";
    }
}
