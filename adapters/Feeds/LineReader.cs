using System.Buffers;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>Hands out the lines of a stream as spans of one pooled buffer, without LF, CR or byte order mark.</summary>
internal sealed class LineReader(Stream source) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
    private int _start;
    private int _end;
    private bool _hasEnded;

    /// <summary>The number of the latest line, 1 for the first.</summary>
    public int Number { get; private set; }

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
                length += searched;
                _start += length + 1;
                line = Trim(pending[..length]);
                return true;
            }

            searched = pending.Length;
            if (_hasEnded)
            {
                _start = _end;
                line = Trim(pending);
                return searched > 0;
            }

            Fill();
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_start, _end) = (0, 0);
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

    private ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        if (++Number == 1 && line.StartsWith("\uFEFF"u8)) line = line[3..];
        return line is [.. var start, (byte)'\r'] ? start : line;
    }
}
