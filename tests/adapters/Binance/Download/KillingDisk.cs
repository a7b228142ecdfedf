using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Tests.Binance.Download;

/// <summary>A disk under a program that is killed before one of its calls, of which a write may be done by half; nothing is done from then on.</summary>
internal sealed class KillingDisk(int calls) : Disk
{
    private int _left = calls;

    public bool HasKilled => Volatile.Read(ref _left) < 0;

    public override AppendFile Create(string path, bool isPrivate)
    {
        Call();
        base.Create(path, isPrivate).Dispose();
        return new KilledFile(this, path);
    }

    public override void Move(string from, string to)
    {
        Call();
        base.Move(from, to);
    }

    public override void Delete(string path)
    {
        Call();
        base.Delete(path);
    }

    public override void SyncFolder(string folder) => Call();

    private void Call()
    {
        if (Interlocked.Decrement(ref _left) < 0) throw new KilledException();
    }

    private sealed class KilledFile(KillingDisk disk, string path) : AppendFile(path)
    {
        public override void Write(ReadOnlySpan<byte> bytes, long position)
        {
            if (disk.HasKilled) throw new KilledException();
            base.Write(bytes[..(bytes.Length / 2)], position);
            disk.Call();
            base.Write(bytes[(bytes.Length / 2)..], position + (bytes.Length / 2));
        }

        public override void Flush() => disk.Call();
    }
}

/// <summary>The end of a program; nothing in it knows what to do about that.</summary>
internal sealed class KilledException : Exception
{
    public KilledException()
    {
    }

    public KilledException(string message)
        : base(message)
    {
    }

    public KilledException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
