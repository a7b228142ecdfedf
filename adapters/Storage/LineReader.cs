using System.Buffers;

namespace OrleansTrader.Adapters.Storage;

/// <summary>Hands out the lines of a stream as spans of one pooled buffer, without the line feed.</summary>
internal sealed class LineReader(Stream source) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
    private int _start;
    private int _end;
    private bool _hasEnded;

    /// <summary>The number of the latest line, 1 for the first.</summary>
    public int Number { get; private set; }

    /// <summary>Where the next line begins, in bytes from the start of the stream.</summary>
    public long NextPosition { get; private set; }

    /// <summary>False when the stream ended before the latest line did.</summary>
    public bool IsTerminated { get; private set; } = true;

    /// <param name="line">Valid until the next call.</param>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var pending = _buffer.AsSpan(_start, _end - _start);
            var length = pending[searched..].IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = pending[..(searched + length)];
                Advance(line.Length + 1);
                return true;
            }

            searched = pending.Length;
            if (_hasEnded)
            {
                line = pending;
                if (searched == 0) return false;
                IsTerminated = false;
                Advance(searched);
                return true;
            }

            Fill();
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_start, _end, _hasEnded) = (0, 0, true);
    }

    private void Advance(int length)
    {
        _start += length;
        NextPosition += length;
        Number++;
    }

    private void Fill()
    {
        var pending = _buffer.AsSpan(_start, _end - _start);
        if (pending.Length == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            pending.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else
        {
            pending.CopyTo(_buffer);
        }

        (_start, _end) = (0, pending.Length);
        var read = source.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _hasEnded = read == 0;
    }
}
