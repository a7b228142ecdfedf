using System.CommandLine;
using System.Globalization;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Cli.Columns;
using OrleansTrader.Cli.Pictures;
using OrleansTrader.Core.Indicators.Timeframes;
using OrleansTrader.Core.Market;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary><c>trader regimes</c>: the regimes of a candle file as a picture.</summary>
internal static class RegimesCommand
{
    public static Command Create()
    {
        var file = new Option<string>("--file") { Description = "Candle file, .csv or .csv.gz", Required = true };
        var target = new Option<string>("--out") { Description = "SVG file to write; replaced as a whole", Required = true };
        var interval = new Option<string?>("--interval") { Description = "Bars to tell the regimes of, such as 4h or 1d; those of the file if it is left out" };
        var badRows = BadRowsOption.Create();
        var command = new Command("regimes", "Draws the regimes of a candle file as a picture") { file, target, interval, badRows };
        command.Runs(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(target)!;
            OutputFile.Check(parsed.GetValue(file)!, path);
            var content = CandleFile.Read(parsed.GetValue(file)!, parsed.GetValue(badRows) == BadRows.Stop ? BadRowPolicy.Stop : BadRowPolicy.Skip);
            foreach (var problem in content.Warnings) await Console.Error.WriteLineAsync($"warning: {problem}");
            var picture = RegimePicture.Of(Longer([.. content.Candles], parsed.GetValue(interval)), cancellation);
            OutputFile.Replace(path, picture.Write);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Counted.Of(picture.Bars, "bar")}, {Counted.Of(picture.Stretches, "stretch", "stretches")}"));
            return 0;
        });
        return command;
    }

    private static Candle[] Longer(Candle[] candles, string? text)
    {
        if (text is null) return candles;
        if (!Interval.TryParse(text, out var longer)) throw new OutputException($"--interval is '{text}'; it must be a whole number and s, m, h, d or w, such as 4h or 1d.");
        var shorter = IntervalOf(candles);
        if (!shorter.Divides(longer)) throw new OutputException($"--interval is {longer}; bars of {shorter}, as the file has them, do not make whole ones of it.");
        var aggregator = new CandleAggregator(shorter, longer);
        var bars = new List<Candle>();
        foreach (var candle in candles)
        {
            aggregator.Update(in candle);
            foreach (var bar in aggregator.Closed) bars.Add(bar);
        }

        return [.. bars];
    }

    // The least distance between two bars: a gap only makes it longer.
    private static Interval IntervalOf(Candle[] candles)
    {
        if (candles.Length < 2) throw new OutputException("--interval needs two bars at least: of fewer nobody can tell how long they are.");
        var least = TimeSpan.MaxValue;
        for (var i = 1; i < candles.Length; i++)
        {
            var distance = candles[i].OpenTime - candles[i - 1].OpenTime;
            if (distance < least) least = distance;
        }

        return Interval.TryFrom(least, out var interval)
            ? interval
            : throw new OutputException(string.Create(CultureInfo.InvariantCulture, $"--interval cannot be made of bars that are {least.TotalSeconds:0.###} s apart; it takes whole seconds."));
    }
}
