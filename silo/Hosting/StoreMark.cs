using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Remembers in the state folder that its accounts are in a database, so that nobody begins them anew in files by a setting that was forgotten.</summary>
public static class StoreMark
{
    private const string Name = "in-postgres";

    /// <summary>Server, and below it the accounts, a line each.</summary>
    public static string PathIn(StateLayout state) => Path.Combine(state.Folder, Name);

    /// <summary>Writes it down.</summary>
    /// <param name="accounts">Those that the database has.</param>
    /// <exception cref="StateFolderException">The folder cannot be written to.</exception>
    public static void Set(StateLayout state, string server, params IEnumerable<string> accounts)
    {
        try
        {
            var path = PathIn(state);
            string[] before = File.Exists(path) ? File.ReadAllLines(path) : [];
            string[] now = [server, .. before.Skip(1).Union(accounts, StringComparer.Ordinal)];
            if (!now.SequenceEqual(before, StringComparer.Ordinal)) File.WriteAllLines(path, now);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException($"The state folder {state.Folder} cannot be written to: {failed.Message.TrimEnd('.')}; make it writable, or set another one.", failed);
        }
    }

    /// <summary>Whether a database had the account at an earlier start.</summary>
    public static bool Has(StateLayout state, string account)
    {
        var path = PathIn(state);
        return File.Exists(path) && File.ReadLines(path).Skip(1).Contains(account, StringComparer.Ordinal);
    }

    /// <summary>Refuses to take files for the state where it is in a database.</summary>
    /// <exception cref="StoreException">The accounts of this folder are in a database, and the setting does not name one.</exception>
    public static void RefuseFiles(StateLayout state)
    {
        var path = PathIn(state);
        if (!File.Exists(path)) return;
        throw new StoreException($"The accounts of {state.Folder} are in {(File.ReadLines(path).FirstOrDefault() ?? "a database")}, and {PostgresServer.Setting} is not set; set it. Once they were brought back into these files with 'trader db export', remove {path}.");
    }
}
