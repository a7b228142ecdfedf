using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Remembers in the state folder that its accounts are in a database, so that nobody begins them anew in files by a setting that was forgotten.</summary>
public static class StoreMark
{
    private const string Name = "in-postgres";

    /// <summary>Writes it down.</summary>
    /// <exception cref="StateFolderException">The folder cannot be written to.</exception>
    public static void Set(StateLayout state, string server)
    {
        try
        {
            File.WriteAllText(Path.Combine(state.Folder, Name), server + Environment.NewLine);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException($"The state folder {state.Folder} cannot be written to: {failed.Message.TrimEnd('.')}; make it writable, or set another one.", failed);
        }
    }

    /// <summary>Refuses to take files for the state where it is in a database.</summary>
    /// <exception cref="StoreException">The accounts of this folder are in a database, and the setting does not name one.</exception>
    public static void RefuseFiles(StateLayout state)
    {
        var path = Path.Combine(state.Folder, Name);
        if (!File.Exists(path)) return;
        throw new StoreException($"The accounts of {state.Folder} are in {File.ReadAllText(path).Trim()}, and {PostgresServer.Setting} is not set; set it. Once they were brought back into these files with 'trader db export', remove {path}.");
    }
}
