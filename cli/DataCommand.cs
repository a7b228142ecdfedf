using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Cli;

/// <summary><c>trader data</c>: which candles there are.</summary>
internal static class DataCommand
{
    private const int Unusable = 1;

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder of candle files, <SYMBOL>-<interval>.csv or .csv.gz", DefaultValueFactory = _ => "data/klines" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object on stdout and nothing else there" };
        var (state, store) = (new StateOption(), new StoreOption());
        var list = new Command("list", "Tells which symbols and intervals a folder of candle files has, from when to when, and where bars are missing; what the service's index knows is not read again") { data, json };
        state.AddTo(list);
        store.AddTo(list);
        list.Runs(async (parsed, cancellation) =>
        {
            var folder = new CandleFolder(parsed.GetValue(data)!);
            return await DataIndex.UseAsync(folder, parsed, state, store, memory => ListAsync(folder, memory, parsed.GetValue(json), cancellation), cancellation);
        });
        return new Command("data", "Looks after candle files") { list, CleanCommand.Create() };
    }

    private static async Task<int> ListAsync(CandleFolder folder, CandleFileMemory memory, bool isJson, CancellationToken cancellation)
    {
        var (found, code) = (new List<CandleCoverage>(), 0);
        foreach (var interval in folder.Intervals)
            foreach (var symbol in folder.SymbolsAt(interval))
            {
                try
                {
                    found.Add(CandleCoverage.Of(folder, symbol, interval, memory, cancellation));
                }
                catch (CandleFileException unusable)
                {
                    // The others can be used all the same.
                    await Console.Error.WriteLineAsync($"error: {unusable.Message}");
                    code = Unusable;
                }
            }

        foreach (var problem in found.SelectMany(coverage => coverage.Problems)) await Console.Error.WriteLineAsync($"warning: {problem}");
        if (isJson) await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new { folder = folder.Path, items = found.Select(Item) }));
        else foreach (var coverage in found) await Console.Out.WriteLineAsync(Line(coverage));
        if (found.Count == 0 && code == 0) throw new MarketFeedException($"{folder.Path} has no files named like BTCUSDT-1h.csv or BTCUSDT-1h.csv.gz.");
        return code;
    }

    private static object Item(CandleCoverage coverage) => new
    {
        symbol = coverage.Symbol,
        interval = coverage.Interval.ToString(),
        files = coverage.Files,
        emptyFiles = coverage.EmptyFiles,
        candles = coverage.Candles,
        first = coverage.First,
        end = coverage.End,
        missing = coverage.Missing,
        gapFrom = coverage.GapFrom,
        gapTo = coverage.GapFrom + coverage.LongestGap,
    };

    private static string Line(CandleCoverage coverage)
    {
        if (coverage.Candles == 0) return $"{coverage.Symbol,-12} {coverage.Interval,-4} empty: no bars in {Counted.Of(coverage.Files, "file")}";
        var empty = coverage.EmptyFiles == 0 ? "" : $" ({coverage.EmptyFiles} of them empty)";
        var gaps = coverage is { GapFrom: { } from, Missing: var missing }
            ? string.Create(CultureInfo.InvariantCulture, $"{missing} missing, the longest gap {from:yyyy-MM-dd HH:mm} to {from + coverage.LongestGap:yyyy-MM-dd HH:mm}")
            : "none missing";
        return string.Create(CultureInfo.InvariantCulture, $"{coverage.Symbol,-12} {coverage.Interval,-4} {coverage.First:yyyy-MM-dd HH:mm} to {coverage.End:yyyy-MM-dd HH:mm} {coverage.Candles,9} {Counted.Word(coverage.Candles, "bar")} in {Counted.Of(coverage.Files, "file")}{empty}, {gaps}");
    }
}
