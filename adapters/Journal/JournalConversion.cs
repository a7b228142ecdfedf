using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Chains a journal of format 1, once; the file as it was stays beside it.</summary>
internal static class JournalConversion
{
    /// <returns>False when it is of the format of today already.</returns>
    /// <exception cref="CorruptStateException">It is damaged; nothing was changed.</exception>
    public static bool Run(string path, string account, JournalChain chain, Disk disk)
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

            void Write(ReadOnlySpan<byte> bytes)
            {
                file.Write(bytes, end);
                end += bytes.Length;
            }
        }

        File.Copy(path, path + ".v1", overwrite: true);
        disk.Move(fresh, path);
        disk.SyncFolderOf(path);
        return true;
    }
}
