using Microsoft.Win32.SafeHandles;

namespace OrleansTrader.Adapters.Storage;

/// <summary>The writing side of an append-only file. Virtual, so that tests can record what reaches the disk, or make it fail.</summary>
internal class AppendFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    protected AppendFile(string path) =>
        _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

    public static AppendFile Open(string path) => new(path);

    public virtual void Write(ReadOnlySpan<byte> bytes, long position) => RandomAccess.Write(_handle, bytes, position);

    public virtual void Cut(long length) => RandomAccess.SetLength(_handle, length);

    public virtual void Flush() => RandomAccess.FlushToDisk(_handle);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _handle.Dispose();
    }
}
