using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>Where a journal ends, or ended once: no two histories share one, since the place in the chain comes of all facts before.</summary>
/// <param name="Last">The number of the last fact; 0 before the first.</param>
/// <param name="Mac">The place in the chain of the row that holds it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JournalEnd(long Last, UInt128 Mac)
{
    private const int MacLength = 16;

    public static byte[] BytesOf(UInt128 mac)
    {
        var bytes = new byte[MacLength];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, mac);
        return bytes;
    }

    /// <summary>Null when it is none.</summary>
    public static UInt128? MacOf(byte[] bytes) => bytes.Length == MacLength ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : null;
}
