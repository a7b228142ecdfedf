using System.Globalization;
using BenchmarkDotNet.Running;
using OrleansTrader.Bench;
using OrleansTrader.Bench.Calls;
using OrleansTrader.Bench.Live;

const int Bars = 1_000_000;
const int Months = 24;
switch (args)
{
    case ["loop"]: return LoopSpeed.Run(Bars);
    case ["loop", var count] when IsCount(count, out var bars): return LoopSpeed.Run(bars);
    case ["indicators"]: return IndicatorSpeed.Run(Bars);
    case ["indicators", var count] when IsCount(count, out var bars): return IndicatorSpeed.Run(bars);
    case ["calls"]: return await CallSpeed.RunAsync();
    case ["live"]: return await LiveSpeed.RunAsync();
    case ["journal"]: return await JournalSpeed.RunAsync(pgbench: null);
    case ["journal", var tps] when double.TryParse(tps, NumberStyles.Float, CultureInfo.InvariantCulture, out var pgbench) && pgbench > 0: return await JournalSpeed.RunAsync(pgbench);
    case ["journal", var tps, var connection] when double.TryParse(tps, NumberStyles.Float, CultureInfo.InvariantCulture, out var pgbench) && pgbench > 0: return await JournalSpeed.RunAsync(pgbench, connection);
    case ["candles"]: return await ArchiveStart.RunAsync(Months);
    case ["candles", var connection]: return await ArchiveStart.RunAsync(Months, connection);
    case ["--filter" or "--list", ..]:
        BenchmarkSwitcher.FromAssembly(typeof(LoopBenchmarks).Assembly).Run(args);
        return 0;
    default:
        await Console.Error.WriteLineAsync("error: use loop [bars], indicators [bars], calls, live, journal [transactions per second of pgbench [connection string of its server]] or candles [connection string of a server], with 1,000 bars or more; or BenchmarkDotNet's --filter *.");
        return 2;
}

static bool IsCount(string text, out int bars) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bars) && bars >= 1_000;
