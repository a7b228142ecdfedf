using System.Globalization;
using BenchmarkDotNet.Running;
using OrleansTrader.Bench;
using OrleansTrader.Bench.Calls;

if (args is ["loop", ..])
    return LoopSpeed.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000);

if (args is ["indicators", ..])
    return IndicatorSpeed.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000);

if (args is ["calls"]) return await CallSpeed.RunAsync();

BenchmarkSwitcher.FromAssembly(typeof(LoopBenchmarks).Assembly).Run(args);
return 0;
