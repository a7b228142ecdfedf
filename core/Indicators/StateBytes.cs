using System.Buffers.Binary;

namespace OrleansTrader.Core.Indicators;

/// <summary>State as bytes: eight for each field, least significant first, doubles by their bits, so that nothing is rounded.</summary>
public static class StateBytes
{
    /// <param name="visit">Passes the visitor over the state.</param>
    public static byte[] Save(Action<StateVisitor> visit)
    {
        var writer = new Writer(new byte[LengthOf(visit)]);
        visit(writer);
        return writer.Bytes;
    }

    /// <exception cref="ArgumentException">The bytes are not the state of such a thing; nothing was changed.</exception>
    public static void Restore(byte[] bytes, Action<StateVisitor> visit)
    {
        var length = LengthOf(visit);
        if (bytes.Length != length) throw new ArgumentException($"A state of {length} bytes is expected, not of {bytes.Length}.", nameof(bytes));
        visit(new Reader(bytes));
    }

    public static void Reset(Action<StateVisitor> visit) => visit(new Eraser());

    private static int LengthOf(Action<StateVisitor> visit)
    {
        var counter = new Counter();
        visit(counter);
        return counter.Fields * sizeof(long);
    }

    private sealed class Counter : StateVisitor
    {
        public int Fields { get; private set; }

        public override void Visit(ref long value) => Fields++;
    }

    private sealed class Writer(byte[] bytes) : StateVisitor
    {
        private int _at;

        public byte[] Bytes => bytes;

        public override void Visit(ref long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(_at), value);
            _at += sizeof(long);
        }
    }

    private sealed class Reader(byte[] bytes) : StateVisitor
    {
        private int _at;

        public override void Visit(ref long value)
        {
            value = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(_at));
            _at += sizeof(long);
        }
    }

    private sealed class Eraser : StateVisitor
    {
        public override void Visit(ref long value) => value = 0;
    }
}
