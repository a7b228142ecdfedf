using System.Text.RegularExpressions;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>
/// The candle files of a folder by symbol and interval: <c>BTCUSDT-1h.csv</c>, also with a month or day as in Binance's archive
/// (<c>BTCUSDT-1h-2023-03.csv</c>), also gzip (<c>.csv.gz</c>).
/// </summary>
public sealed partial class CandleFolder
{
    private const int NamesInMessage = 20;
    private readonly (string Symbol, Interval Interval, string Path)[] _files;

    /// <exception cref="MarketFeedException">No folder is named, there is none, or it cannot be read.</exception>
    public CandleFolder(string path)
    {
        Path = path;
        if (string.IsNullOrWhiteSpace(path)) throw new MarketFeedException("No folder is named to read candles from.");
        if (File.Exists(path)) throw new MarketFeedException($"{path} is a file; candles are read from a folder.");
        try
        {
            _files = [.. Directory.EnumerateFiles(path).Select(Recognise).OfType<(string, Interval, string Path)>().OrderBy(file => file.Path, StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new MarketFeedException($"There is no folder {path} to read candles from; fill one with 'trader download', or put files of https://data.binance.vision (spot, klines, unzipped) into one, and name it.", missing);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new MarketFeedException($"The candles in {path} cannot be read: {failed.Message}", failed);
        }
    }

    public string Path { get; }

    /// <summary>The last part of the path.</summary>
    public string Name => System.IO.Path.GetFileName(FullPath);

    internal string FullPath => System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(Path));

    /// <summary>Of all candle files.</summary>
    internal IEnumerable<string> FileNames => _files.Select(file => System.IO.Path.GetFileName(file.Path));

    /// <summary>Shortest first.</summary>
    public IReadOnlyList<Interval> Intervals => [.. _files.Select(file => file.Interval).Distinct().Order()];

    /// <summary>Ordinal order.</summary>
    public IReadOnlyList<string> SymbolsAt(Interval interval) =>
        [.. _files.Where(file => file.Interval == interval).Select(file => file.Symbol).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>At least one file, in the order of their names, which is the order of their months and days.</summary>
    /// <exception cref="MarketFeedException">There is none.</exception>
    public IReadOnlyList<string> FilesOf(string symbol, Interval interval)
    {
        string[] files = [.. _files.Where(file => file.Interval == interval && string.Equals(file.Symbol, symbol, StringComparison.Ordinal)).Select(file => file.Path)];
        return files.Length > 0 ? files : throw Nothing($"for {symbol} at {interval}", SymbolsAt(interval));
    }

    internal MarketFeedException NothingAt(Interval interval) => Nothing($"at {interval}", [.. Intervals.Select(known => known.ToString())]);

    private MarketFeedException Nothing(string what, IReadOnlyList<string> known)
    {
        if (known.Count == 0) known = [.. Intervals.Select(interval => $"files at {interval}")];
        if (known.Count == 0) return new($"No candles {what} in {Path}; there are no files named like BTCUSDT-1h.csv or BTCUSDT-1h.csv.gz.");
        var more = known.Count > NamesInMessage ? $" and {known.Count - NamesInMessage} more" : "";
        return new($"No candles {what} in {Path}; there are {string.Join(", ", known.Take(NamesInMessage))}{more}.");
    }

    private static (string Symbol, Interval Interval, string Path)? Recognise(string path)
    {
        var match = FileName().Match(System.IO.Path.GetFileName(path));
        return match.Success && Interval.TryParse(match.Groups["interval"].Value, out var interval)
            ? (match.Groups["symbol"].Value.ToUpperInvariant(), interval, path)
            : null;
    }

    [GeneratedRegex(@"^(?<symbol>[A-Za-z0-9]+)-(?<interval>[0-9]+[smhdw])(-[0-9]{4}-[0-9]{2}(-[0-9]{2})?)?\.csv(\.gz)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();
}
