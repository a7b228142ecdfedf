using System.Collections.Immutable;
using System.Globalization;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>
/// Plays recorded candles, all symbols merged by close time. Gaps stay gaps: a symbol without a bar is missing from the step, and a
/// moment without any bar is no step. Safe for concurrent callers; at what pace it is played is the caller's business.
/// </summary>
public sealed class ReplayFeed : IMarketFeed
{
    private readonly RecordedSymbol[] _symbols;
    private readonly DateTime[] _closes;

    private ReplayFeed(RecordedSymbol[] symbols, DateTime[] closes, ReplayOptions options, string folderName)
    {
        _symbols = symbols;
        _closes = closes;
        Interval = options.Interval;
        Symbols = [.. symbols.Select(symbol => symbol.Rules)];
        Problems = [.. symbols.SelectMany(symbol => symbol.Problems)];
        var (first, last) = (closes[0] - Interval.Length, closes[^1] - Interval.Length);
        var count = Counted.Of(symbols.Length, "symbol");
        Description = string.Create(CultureInfo.InvariantCulture, $"replay of recorded candles: {count}, {Interval}, {first:yyyy-MM-dd} to {last:yyyy-MM-dd}, folder {folderName}");
    }

    /// <summary>Neither path nor range nor symbols, so that the account goes on when candles are added or the files move.</summary>
    public string Identity => $"replay {Interval}";

    public string Description { get; }

    public Interval Interval { get; }

    public IReadOnlyList<SymbolRules> Symbols { get; }

    /// <summary>What was skipped, dropped or sorted while loading, one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Close times of the steps, UTC, rising.</summary>
    public IReadOnlyList<DateTime> StepTimes => _closes;

    /// <summary>How many bars all symbols have together.</summary>
    public int BarCount => _symbols.Sum(symbol => symbol.Candles.Length);

    /// <summary>Why the index was of no use at loading, in a sentence; null when it was, or there is none.</summary>
    public string? IndexNote { get; private set; }

    /// <summary>Reads the files; everything is in memory afterwards.</summary>
    /// <exception cref="MarketFeedException">Folder, symbol, interval or range have no candles.</exception>
    /// <exception cref="CandleFileException">A file cannot be used.</exception>
    public static ReplayFeed Load(ReplayOptions options, CancellationToken cancellation = default) =>
        Load(options, new CandleFolder(options.Folder), CandleFileMemory.None, cancellation);

    /// <summary>As <see cref="Load(ReplayOptions, CancellationToken)"/>, to the same feed, without reading what the index knows to lie out of range.</summary>
    /// <exception cref="MarketFeedException">Folder, symbol, interval or range have no candles.</exception>
    /// <exception cref="CandleFileException">A file cannot be used.</exception>
    public static async Task<ReplayFeed> LoadAsync(ReplayOptions options, ICandleIndex index, TimeProvider clock, CancellationToken cancellation = default)
    {
        var folder = new CandleFolder(options.Folder);
        var memory = await CandleFileMemory.OpenAsync(index, folder, clock, cancellation);
        var feed = Load(options, folder, memory, cancellation);
        await memory.SaveAsync(cancellation);
        feed.IndexNote = memory.Note;
        return feed;
    }

    public ValueTask<MarketStep?> NextAsync(DateTime time, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var at = Array.BinarySearch(_closes, time);
        at = at < 0 ? ~at : at + 1;
        return new(at < _closes.Length ? StepAt(_closes[at]) : null);
    }

    public ValueTask<IReadOnlyList<Candle>> HistoryAsync(string symbol, DateTime after, DateTime upTo, int most, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var recorded = Array.Find(_symbols, known => string.Equals(known.Rules.Symbol, symbol, StringComparison.Ordinal))
            ?? throw new MarketFeedException($"This replay has no {symbol}; it has {string.Join(", ", Symbols.Select(rules => rules.Symbol))}.");
        var candles = recorded.Between(after, upTo, Interval);
        return new(candles[..Math.Min(candles.Length, most)].ToArray());
    }

    public bool HasEnded(DateTime time) => time >= _closes[^1];

    private static ReplayFeed Load(ReplayOptions options, CandleFolder folder, CandleFileMemory memory, CancellationToken cancellation)
    {
        IReadOnlyList<string> names = options.Symbols.Count > 0
            ? [.. options.Symbols.Select(name => name.Trim().ToUpperInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            : folder.SymbolsAt(options.Interval);
        if (names.Count == 0) throw folder.NothingAt(options.Interval);

        // All names are looked up before the first file is read, so that a wrong one is told at once.
        var files = names.Select(name => folder.FilesOf(name, options.Interval)).ToArray();
        var symbols = names.Select((name, i) => RecordedSymbol.Load(name, files[i], options, memory, cancellation)).ToArray();

        var empty = Array.FindAll(symbols, symbol => symbol.Candles.IsEmpty);
        if (empty.Length > 0) throw NothingIn(options, empty);
        return new(symbols, Closes(symbols, options.Interval), options, folder.Name);
    }

    private MarketStep StepAt(DateTime close)
    {
        var bars = ImmutableArray.CreateBuilder<SymbolBar>(_symbols.Length);
        foreach (var symbol in _symbols)
        {
            if (symbol.TryFind(close - Interval.Length, out var candle)) bars.Add(new(symbol.Rules.Symbol, candle));
        }

        return new(close, bars.DrainToImmutable());
    }

    private static DateTime[] Closes(RecordedSymbol[] symbols, Interval interval)
    {
        var opens = new DateTime[symbols.Sum(symbol => symbol.Candles.Length)];
        var count = 0;
        foreach (var symbol in symbols)
        {
            foreach (ref readonly var candle in symbol.Candles) opens[count++] = candle.OpenTime;
        }

        if (symbols.Length > 1) Array.Sort(opens);
        return [.. opens.Distinct().Select(interval.CloseOf)];
    }

    private static MarketFeedException NothingIn(ReplayOptions options, RecordedSymbol[] empty)
    {
        var names = string.Join(", ", empty.Select(symbol => symbol.Rules.Symbol));
        var (first, last) = (empty.Min(symbol => symbol.Recorded.First), empty.Max(symbol => symbol.Recorded.Last));
        return new($"No candles for {names} at {options.Interval} in {options.Folder} close {Range(options)}; the files reach from {Text(first)} to {Text(options.Interval.CloseOf(last))}.");
    }

    private static string Range(ReplayOptions options) => (options.From, options.To) switch
    {
        ({ } from, { } to) => $"after {Text(from)} and not later than {Text(to)}",
        ({ } from, null) => $"after {Text(from)}",
        (null, { } to) => $"not later than {Text(to)}",
        _ => "at any time",
    };

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
