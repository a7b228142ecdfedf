using System.Buffers.Binary;

namespace OrleansTrader.Core.Indicators;

/// <summary>
/// State as bytes: whose it is, then eight bytes for each field, least significant first, doubles by their bits, so that nothing is
/// rounded.
/// </summary>
internal static class StateBytes
{
    /// <param name="visit">Passes the visitor over the state.</param>
    public static byte[] Save(in StateOwner owner, Action<StateVisitor> visit)
    {
        var bytes = new byte[owner.Length + LengthOf(visit)];
        owner.Write(bytes);
        visit(new Writer(bytes, owner.Length));
        return bytes;
    }

    /// <exception cref="ArgumentException">The bytes are not a state of that owner, and the message says what they are; nothing was changed.</exception>
    public static void Restore(in StateOwner owner, byte[] state, Action<StateVisitor> visit)
    {
        if (owner.WhyNot(state) is { } reason) throw new ArgumentException(reason, nameof(state));
        var length = owner.Length + LengthOf(visit);
        if (state.Length != length) throw new ArgumentException($"A state of {length} bytes is expected, not of {state.Length}.", nameof(state));
        visit(new Reader(state, owner.Length));
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

    private sealed class Writer(byte[] bytes, int start) : StateVisitor
    {
        private int _at = start;

        public override void Visit(ref long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(_at), value);
            _at += sizeof(long);
        }
    }

    private sealed class Reader(byte[] bytes, int start) : StateVisitor
    {
        private int _at = start;

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
