using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Cli.Columns;
using OrleansTrader.Core.Market;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary><c>trader indicators</c>: everything that the analysis computes, over a candle file, as a table.</summary>
internal static class IndicatorsCommand
{
    public static Command Create()
    {
        var file = new Option<string>("--file") { Description = "Candle file, .csv or .csv.gz", Required = true };
        var target = new Option<string>("--out") { Description = "CSV file to write, packed if it ends in .gz; replaced as a whole", Required = true };
        var badRows = BadRowsOption.Create();
        var command = new Command("indicators", "Writes every indicator, pattern and regime over a candle file as columns, by TA-Lib's names and with its rounding to zero where it has them") { file, target, badRows };
        command.Runs(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(target)!;
            OutputFile.Check(parsed.GetValue(file)!, path);
            var content = CandleFile.Read(parsed.GetValue(file)!, parsed.GetValue(badRows) == BadRows.Stop ? BadRowPolicy.Stop : BadRowPolicy.Skip);
            foreach (var problem in content.Warnings) await Console.Error.WriteLineAsync($"warning: {problem}");
            var table = new ColumnTable(ColumnSources.Create());
            var start = Stopwatch.GetTimestamp();
            await RunProgress.ShowAsync("indicators", progress => Task.Run(() => Write(table, path, content, progress, cancellation), cancellation));
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{Counted.Of(content.Candles.Length, "bar")}, {Counted.Of(table.Columns, "column")} in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s"));
            return 0;
        });
        return command;
    }

    private static bool Write(ColumnTable table, string path, CandleFileContent content, Action<double> progress, CancellationToken cancellation)
    {
        table.Write(path, content.Candles, progress, cancellation);
        return true;
    }
}
