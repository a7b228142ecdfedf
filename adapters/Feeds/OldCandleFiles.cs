using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>The candle files of a folder that may go: those whose last candle is older than its interval is kept for. A file goes as a whole, or stays as it is.</summary>
/// <param name="Files">In the order of intervals, symbols and names.</param>
/// <param name="Problems">Files that cannot be judged, one sentence each; they stay.</param>
public sealed record OldCandleFiles(IReadOnlyList<OldCandleFile> Files, IReadOnlyList<string> Problems)
{
    /// <summary>Reads those of the files that the memory does not know; the name of a file tells nothing here.</summary>
    /// <param name="now">UTC.</param>
    public static OldCandleFiles Find(CandleFolder folder, CandleRetention retention, CandleFileMemory memory, DateTime now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(retention);
        var (files, problems) = (new List<OldCandleFile>(), new List<string>());
        foreach (var interval in folder.Intervals)
        {
            if (retention.EndOf(interval, now) is not { } end) continue;
            foreach (var symbol in folder.SymbolsAt(interval))
                foreach (var path in folder.FilesOf(symbol, interval))
                {
                    try
                    {
                        var found = SymbolFiles.Read([path], interval, BadRowPolicy.Skip, memory, isNeeded: _ => false, cancellation);
                        var close = interval.CloseOf(found.Facts?[0].LastOpen ?? found.Contents[0].Candles[^1].OpenTime);
                        if (close <= end) files.Add(new OldCandleFile(path, symbol, interval, close, new FileInfo(path).Length));
                    }
                    catch (CandleFileException unusable)
                    {
                        problems.Add(unusable.Message);
                    }
                }
        }

        return new OldCandleFiles(files, problems);
    }

    /// <summary>Removes the files.</summary>
    /// <exception cref="CandleFileException">One cannot be removed; those before it are gone.</exception>
    public void Remove()
    {
        foreach (var file in Files)
        {
            try
            {
                File.Delete(file.Path);
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                throw new CandleFileException($"{file.Path} cannot be removed: {failed.Message.TrimEnd('.')}; those before it in the list are gone.", failed);
            }
        }

        foreach (var folder in Files.Select(file => Path.GetDirectoryName(Path.GetFullPath(file.Path))!).Distinct(StringComparer.Ordinal)) Disk.Real.SyncFolder(folder);
    }
}

/// <summary>A candle file that may go.</summary>
/// <param name="End">When its last candle closes, UTC.</param>
/// <param name="Bytes">Its length.</param>
public sealed record OldCandleFile(string Path, string Symbol, Interval Interval, DateTime End, long Bytes);
