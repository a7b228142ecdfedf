using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Tests.Storage;

/// <summary>
/// Remembers every call by which state reaches the disk, and makes what a power cut may leave of them: of a file's content at least what was
/// written before its latest flush, of names at least what was so before the folder's latest sync; of the rest any part, writes cut short
/// at any byte, and single sectors lost of those that have several. A write within one sector arrives whole or not at all, as disks promise.
/// </summary>
internal sealed class RecordedDisk : Disk
{
    private const int SectorLength = 512;

    private readonly List<Call> _calls = [];

    /// <summary>How many calls there were; a crash may come after each.</summary>
    public int Count => _calls.Count;

    public override AppendFile Open(string path)
    {
        if (!File.Exists(path)) _calls.Add(new Call(CallKind.Create, path));
        return new RecordedFile(this, path);
    }

    public override AppendFile Create(string path, bool isPrivate)
    {
        base.Create(path, isPrivate).Dispose();
        _calls.Add(new Call(CallKind.Create, path));
        return new RecordedFile(this, path);
    }

    public override void Move(string from, string to)
    {
        base.Move(from, to);
        _calls.Add(new Call(CallKind.Move, from) { To = to });
    }

    public override void Delete(string path)
    {
        base.Delete(path);
        _calls.Add(new Call(CallKind.Delete, path));
    }

    public override void SyncFolder(string folder) => _calls.Add(new Call(CallKind.SyncFolder, folder));

    /// <summary>The most lines that were written at once.</summary>
    public int MostLines => _calls.Max(call => call.Bytes.AsSpan().Count((byte)'\n'));

    /// <summary>Puts into a folder what a crash after so many calls may leave.</summary>
    public void Crash(int after, Random random, string folder)
    {
        var (durable, content) = (new Dictionary<string, Inode>(StringComparer.Ordinal), new Dictionary<string, Inode>(StringComparer.Ordinal));
        var pending = new List<Call>();
        foreach (var call in _calls.Take(after))
        {
            switch (call.Kind)
            {
                case CallKind.Write: content[call.Path].Unsynced.Add(call); break;
                case CallKind.Cut: content[call.Path].Unsynced.Add(call); break;
                case CallKind.Flush: content[call.Path].Sync(); break;
                case CallKind.SyncFolder:
                    pending.Clear();
                    durable = new Dictionary<string, Inode>(content, StringComparer.Ordinal);
                    break;
                default:
                    pending.Add(call with { Made = Apply(content, call) });
                    break;
            }
        }

        // A file system may have made names durable that nobody asked it to; it keeps their order.
        foreach (var call in pending.Take(random.Next(pending.Count + 1))) Apply(durable, call);
        var root = Path.GetDirectoryName(_calls[0].Path)!;
        foreach (var (path, inode) in durable)
        {
            var left = Path.Combine(folder, Path.GetRelativePath(root, path));
            Directory.CreateDirectory(Path.GetDirectoryName(left)!);
            File.WriteAllBytes(left, inode.Left(random));
        }
    }

    private static Inode? Apply(Dictionary<string, Inode> names, Call call)
    {
        switch (call.Kind)
        {
            case CallKind.Create: return names[call.Path] = call.Made ?? new Inode();
            case CallKind.Delete: names.Remove(call.Path); return null;
            default:
                if (names.Remove(call.Path, out var moved)) names[call.To!] = moved;
                return null;
        }
    }

    private enum CallKind
    {
        Create,
        Write,
        Cut,
        Flush,
        Move,
        Delete,
        SyncFolder,
    }

    private sealed record Call(CallKind Kind, string Path)
    {
        public string? To { get; init; }

        public long Position { get; init; }

        public byte[] Bytes { get; init; } = [];

        public Inode? Made { get; init; }
    }

    private sealed class Inode
    {
        private byte[] _synced = [];

        public List<Call> Unsynced { get; } = [];

        public void Sync()
        {
            foreach (var call in Unsynced) _synced = With(_synced, call, call.Bytes.Length);
            Unsynced.Clear();
        }

        public byte[] Left(Random random)
        {
            var left = _synced;
            foreach (var call in Unsynced)
            {
                var fate = random.Next(4);
                var isOneSector = call.Position / SectorLength == (call.Position + call.Bytes.Length - 1) / SectorLength;
                if (fate == 3 && !isOneSector && call.Kind == CallKind.Write)
                {
                    left = WithSome(left, call, random);
                    continue;
                }

                if (fate > 0) left = With(left, call, fate != 2 || isOneSector ? call.Bytes.Length : random.Next(call.Bytes.Length + 1));
            }

            return left;
        }

        /// <summary>Of the sectors that do not arrive stays what was there before, which is zeros where nothing was.</summary>
        private static byte[] WithSome(byte[] content, Call call, Random random)
        {
            var isLost = false;
            var whole = With(content, call, call.Bytes.Length);
            var end = call.Position + call.Bytes.Length;
            for (var sector = call.Position / SectorLength * SectorLength; sector < end; sector += SectorLength)
            {
                if (random.Next(3) > 0 && (isLost || sector + SectorLength < end)) continue;
                isLost = true;
                var (from, to) = ((int)Math.Max(sector, call.Position), (int)Math.Min(sector + SectorLength, end));
                for (var at = from; at < to; at++) whole[at] = at < content.Length ? content[at] : (byte)0;
            }

            return whole;
        }

        private static byte[] With(byte[] content, Call call, int length)
        {
            if (call.Kind == CallKind.Cut) return content[..(int)Math.Min(content.Length, call.Position)];
            var end = (int)call.Position + length;
            var next = new byte[Math.Max(content.Length, end)];
            content.CopyTo(next, 0);
            call.Bytes.AsSpan(0, length).CopyTo(next.AsSpan((int)call.Position));
            return next;
        }
    }

    private sealed class RecordedFile(RecordedDisk disk, string path) : AppendFile(path)
    {
        private readonly string _path = path;

        public override void Write(ReadOnlySpan<byte> bytes, long position)
        {
            base.Write(bytes, position);
            disk._calls.Add(new Call(CallKind.Write, _path) { Position = position, Bytes = bytes.ToArray() });
        }

        public override void Cut(long length)
        {
            base.Cut(length);
            disk._calls.Add(new Call(CallKind.Cut, _path) { Position = length });
        }

        public override void Flush() => disk._calls.Add(new Call(CallKind.Flush, _path));
    }
}
