using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Silo.Hosting;

/// <summary>The folder of everything that survives a restart; made at the start, and tried, so that a wrong one stops the start.</summary>
internal sealed class StateFolder
{
    /// <exception cref="StateFolderException">The folder cannot be made or written.</exception>
    public StateFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        try
        {
            foreach (var folder in new[] { Journal, Snapshots, Logs }) Directory.CreateDirectory(folder);
            var probe = System.IO.Path.Combine(Path, ".probe");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException($"The state folder {Path} cannot be written ({error.Message}); set State:Folder to one that can.", error);
        }
    }

    public string Path { get; }

    public string Journal => System.IO.Path.Combine(Path, "journal");

    public string Snapshots => System.IO.Path.Combine(Path, "snapshots");

    public string Reminders => System.IO.Path.Combine(Path, "reminders.json");

    public string Logs => System.IO.Path.Combine(Path, "logs");
}
