namespace OrleansTrader.Adapters.Storage;

/// <summary>The calls by which state reaches the disk. Virtual, so that tests can record them, lose what was not synced, or make them fail.</summary>
internal class Disk
{
    public static Disk Real { get; } = new();

    /// <summary>The file of that name, made empty where there is none.</summary>
    public virtual AppendFile Open(string path) => AppendFile.Open(path);

    /// <summary>An empty file, in place of one that may be there.</summary>
    /// <param name="isPrivate">True keeps it from every other user of the machine; on Windows the folder's rights decide.</param>
    public virtual AppendFile Create(string path, bool isPrivate)
    {
        // What is left of a crash may have other rights, and they would stay.
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isPrivate && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, options).Dispose();
        return AppendFile.Open(path);
    }

    /// <summary>Gives a file another name, in place of one that may have it.</summary>
    public virtual void Move(string from, string to) => File.Move(from, to, overwrite: true);

    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Makes the names in a folder durable.</summary>
    public virtual void SyncFolder(string folder) => FolderSync.Flush(folder);

    /// <summary>Makes the name of a file durable.</summary>
    public void SyncFolderOf(string path) => SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
}
