namespace OrleansTrader.Cli.Columns;

/// <summary>A file that a command writes as a whole or not at all.</summary>
internal static class OutputFile
{
    /// <param name="source">The file that is read, which must be another one.</param>
    /// <exception cref="OutputException">There can be no such file.</exception>
    public static void Check(string source, string target)
    {
        if (target.Length == 0) throw new OutputException("No file is named to write to.");
        if (Directory.Exists(target)) throw new OutputException($"{target} is a folder; --out is the file to write.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(target));
        if (!Directory.Exists(folder)) throw new OutputException($"There is no folder {folder} to write {Path.GetFileName(target)} into.");
        if (string.Equals(Path.GetFullPath(source), Path.GetFullPath(target), StringComparison.Ordinal)) throw new OutputException($"{target} is the candle file itself; --out must be another one.");
    }

    /// <summary>Until the last byte is on disk the file bears another name.</summary>
    /// <exception cref="OutputException">The file cannot be written; what was there is still there.</exception>
    public static void Replace(string path, Action<FileStream> write)
    {
        var fresh = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, path, overwrite: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"{path} cannot be written: {failed.Message}", failed);
        }
        finally
        {
            File.Delete(fresh);
        }
    }
}
