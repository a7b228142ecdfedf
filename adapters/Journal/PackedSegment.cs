using System.IO.Compression;
using System.Text;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Journal;

/// <summary>A compressed segment: Brotli, and after it the checksum of that as 8 hexadecimal digits, since Brotli has none.</summary>
internal static class PackedSegment
{
    private const int BufferLength = 256 * 1024;

    /// <summary>The whole of it, its checksum proven.</summary>
    /// <param name="file">Disposed with what is given back.</param>
    /// <exception cref="CorruptStateException">It is not as it was written; also while it is read.</exception>
    public static Stream Open(FileStream file, string path)
    {
        using (file)
        {
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var length = bytes.Length - Crc32C.TextLength;
            return length > 0 && Crc32C.Matches(bytes.AsSpan(length), bytes.AsSpan(0, length))
                ? new Unpacked(new MemoryStream(bytes, 0, length, writable: false), path)
                : throw Damaged(path);
        }
    }

    /// <summary>Its beginning, of which nothing is proven.</summary>
    public static Stream Peek(FileStream file, string path) => new Unpacked(file, path);

    /// <summary>Writes a whole segment; durable when this returns.</summary>
    public static void Write(Stream segment, AppendFile file)
    {
        var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) segment.CopyTo(brotli, BufferLength);
        var bytes = packed.GetBuffer().AsSpan(0, (int)packed.Length);
        var checksum = new byte[Crc32C.TextLength];
        Crc32C.Write(Crc32C.Of(bytes), checksum);
        file.Write(bytes, 0);
        file.Write(checksum, bytes.Length);
        file.Flush();
    }

    private static CorruptStateException Damaged(string path) => new($"The archived segment {path} is damaged; nothing was changed, restore it from a backup.");

    /// <summary>Reading alone, and what cannot be unpacked is damage.</summary>
    private sealed class Unpacked(Stream packed, string path) : Stream
    {
        private readonly BrotliStream _brotli = new(packed, CompressionMode.Decompress);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            try
            {
                return _brotli.Read(buffer, offset, count);
            }
            catch (Exception damage) when (damage is InvalidDataException or InvalidOperationException)
            {
                throw Damaged(path);
            }
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) _brotli.Dispose();
            base.Dispose(disposing);
        }
    }
}
