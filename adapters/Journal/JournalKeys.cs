using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Journal;

/// <summary>The key by which journals are chained now, and those before it, which older segments need: <c>journal.key</c> and <c>journal.key.1a2b3c4d</c>.</summary>
internal sealed class JournalKeys
{
    private const int IdLength = 8;

    private readonly string _path;
    private readonly KnownSecrets? _secrets;
    private readonly Lock _gate = new();
    private Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);
    private (DateTime Written, long Length) _version;
    private volatile string _currentId = "";

    /// <param name="secrets">Told of every key, so that no text bears it; null where nobody writes any.</param>
    /// <exception cref="StateFolderException">The key cannot be read, or is no key.</exception>
    public JournalKeys(string path, KnownSecrets? secrets = null)
    {
        (_path, _secrets) = (path, secrets);
        Load();
    }

    public string CurrentId => _currentId;

    public JournalChain Current() => ChainOf(CurrentId)!;

    /// <summary>Looks whether somebody has changed the key.</summary>
    public void Refresh()
    {
        if (VersionOf(_path) != _version) Load();
    }

    /// <returns>Null when there is no such key.</returns>
    public JournalChain? ChainOf(string id)
    {
        lock (_gate)
        {
            return _keys.TryGetValue(id, out var key) ? new JournalChain(key) : null;
        }
    }

    /// <summary>Makes a new key; the one before stays for what was chained by it. A service that runs goes over to it with its next fact.</summary>
    /// <returns>By which the new one is called.</returns>
    public static string Change(string path, Disk disk)
    {
        using var turn = ChangeLock.Take(path);
        var old = JournalKey.Read(path);
        using var chain = new JournalChain(old);
        try
        {
            // The old one first: a segment whose key is gone is one of which nobody can say whether it is whole.
            JournalKey.Write($"{path}.{chain.KeyId}", old, disk);
            var key = JournalKey.New();
            JournalKey.Write(path, key, disk);
            using var next = new JournalChain(key);
            return next.KeyId;
        }
        catch (Exception failed) when (StateFolderException.Covers(failed))
        {
            throw StateFolderException.CannotWrite(path, failed);
        }
    }

    private void Load()
    {
        var version = VersionOf(_path);
        var keys = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var folder = Path.GetDirectoryName(Path.GetFullPath(_path))!;
        foreach (var file in Directory.GetFiles(folder, Path.GetFileName(_path) + ".*").Where(IsFormer)) Add(keys, JournalKey.Read(file));
        var id = Add(keys, JournalKey.Read(_path));
        lock (_gate) (_keys, _version) = (keys, version);
        _currentId = id;
    }

    /// <summary>By its ending: beside it lie a lock, and what a crash has left of a key that was being made.</summary>
    private static bool IsFormer(string path) => Path.GetExtension(path) is { Length: IdLength + 1 } ending && ending.Skip(1).All(char.IsAsciiHexDigitLower);

    private string Add(Dictionary<string, byte[]> keys, byte[] key)
    {
        _secrets?.Add(key);
        using var chain = new JournalChain(key);
        keys[chain.KeyId] = key;
        return chain.KeyId;
    }

    private static (DateTime Written, long Length) VersionOf(string path) => new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;
}
