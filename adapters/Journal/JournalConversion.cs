using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Chains a journal of format 1, once; the file as it was stays beside it.</summary>
internal static class JournalConversion
{
    private const int BufferLength = 1 << 20;

    /// <returns>False when it is of the format of today already.</returns>
    /// <exception cref="CorruptStateException">It is damaged; nothing was changed.</exception>
    public static bool Run(string path, string account, JournalChain chain, JournalHead head, Disk disk)
    {
        var old = JournalFrame.Header(account, keyId: null);
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            var first = new byte[old.Length];
            if (file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) < first.Length || !first.AsSpan().SequenceEqual(old)) return false;
        }

        var fresh = path + ".new";
        using (var scan = new JournalScan(path, account, chain: null))
        using (var file = disk.Create(fresh, isPrivate: false))
        {
            var end = 0L;
            Write(JournalFrame.Header(account, chain.KeyId));
            var mac = chain.StartOf(account);
            for (var before = 0L; scan.TryRead(0, long.MaxValue, out var json); before = scan.LastSequence)
                Write(JournalFrame.Encode(before + 1, scan.LastSequence, json, chain, ref mac));
            file.Flush();
            // Before the file has its name: one without a head has lost it.
            head.Settle(scan.LastSequence, mac, syncToDisk: false);
            head.Flush();

            void Write(ReadOnlySpan<byte> bytes)
            {
                file.Write(bytes, end);
                end += bytes.Length;
            }
        }

        Keep(path, path + ".v1", disk);
        disk.Move(fresh, path);
        disk.SyncFolderOf(path);
        return true;
    }

    /// <summary>Durable before the one that it is a copy of goes.</summary>
    private static void Keep(string path, string copy, Disk disk)
    {
        using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        using var file = disk.Create(copy, isPrivate: false);
        var bytes = new byte[BufferLength];
        for (var position = 0L; source.Read(bytes) is > 0 and var read; position += read) file.Write(bytes.AsSpan(0, read), position);
        file.Flush();
    }
}
