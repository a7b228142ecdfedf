using System.Globalization;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Adapters.StrategyFiles;

/// <summary>
/// The folder of the owner's strategies: each <c>.cs</c> file in it is one, compiled when it is first read and again when it has changed.
/// A folder that is not there has none.
/// </summary>
/// <param name="folder">As the owner names it.</param>
/// <param name="interval">Length of the bars that the strategies will see.</param>
/// <remarks>Not thread-safe.</remarks>
public sealed class StrategyFolder(string folder, Interval interval)
{
    private readonly Dictionary<string, StrategyFile> _files = new(StringComparer.Ordinal);
    private string _seen = "";
    private string _loaded = "";

    /// <summary>Reads the folder as it is now.</summary>
    public StrategyLibrary Load()
    {
        _seen = _loaded = Listing();
        var files = Paths().Select(Read).ToArray();
        // What could not be read may be readable at the next look, without having changed.
        if (Array.Exists(files, file => file.Source.Text.Length == 0 && !file.Problems.IsEmpty)) _loaded = "";
        foreach (var gone in _files.Keys.Except(files.Select(file => file.Source.Name), StringComparer.Ordinal).ToArray()) _files.Remove(gone);
        return new StrategyLibrary([.. files.Select(file => file.Entry).OfType<StrategyEntry>()], files.SelectMany(file => file.Problems));
    }

    /// <summary>
    /// Reads the folder anew if something in it has changed and then rested from the look before to this one; null otherwise. So a file
    /// that is just being written is left in peace.
    /// </summary>
    public StrategyLibrary? LoadIfChanged()
    {
        var listing = Listing();
        var rests = string.Equals(listing, _seen, StringComparison.Ordinal);
        _seen = listing;
        return rests && !string.Equals(listing, _loaded, StringComparison.Ordinal) ? Load() : null;
    }

    private StrategyFile Read(string path)
    {
        var name = Path.Combine(folder, Path.GetFileName(path));
        try
        {
            var source = new StrategySource(name, path, File.ReadAllText(path));
            if (_files.TryGetValue(name, out var known) && string.Equals(known.Source.Version, source.Version, StringComparison.Ordinal)) return known;
            return _files[name] = Compile(source);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return StrategyFile.Refused(new StrategySource(name, path, ""), $"{name} cannot be read: {failed.Message.TrimEnd('.')}.");
        }
    }

    private StrategyFile Compile(StrategySource source)
    {
        var file = StrategyCompiler.Compile(source);
        return file.Entry is { } entry && StrategyReader.WhyNot(entry, interval) is { } reason ? StrategyFile.Refused(source, reason) : file;
    }

    /// <summary>In ordinal order, without what editors leave beside a file that is open.</summary>
    private string[] Paths() => Directory.Exists(folder)
        ? [.. Directory.GetFiles(Path.GetFullPath(folder), "*.cs").Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal)]
        : [];

    private string Listing() => string.Join('\n', Paths().Select(path => new FileInfo(path)).Select(file =>
        string.Create(CultureInfo.InvariantCulture, $"{file.Name} {(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc.Ticks}")));
}
