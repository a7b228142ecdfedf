#if !ORLEANS
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Simulation;

/// <summary>A long run of the simulation, started by <c>scripts/simulate</c>.</summary>
public class SimulationRun
{
    [Fact(Explicit = true)]
    public async Task Seeds()
    {
        var from = Number("SIMULATE_FROM", 0);
        // One by one: in portions, a processor that others use too would end long after the rest.
        var seeds = Partitioner.Create(Enumerable.Range(from, Number("SIMULATE_SEEDS", 1)), EnumerablePartitionerOptions.NoBuffering);
        var outcomes = seeds.AsParallel().WithDegreeOfParallelism(Environment.ProcessorCount).Select(Report).ToList();
        var failed = outcomes.Where(outcome => outcome.Violation is not null).OrderBy(outcome => outcome.Seed).ToList();
        var summary = new
        {
            seeds = outcomes.Count,
            steps = outcomes.Sum(outcome => outcome.Steps),
            crashes = outcomes.Sum(outcome => outcome.Crashes),
            faults = outcomes.Sum(outcome => outcome.Faults),
            facts = outcomes.Sum(outcome => outcome.Facts),
            violations = failed.Count,
            first = failed.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"seed {failed[0].Seed}: {failed[0].Violation}"),
        };
        var cancellation = TestContext.Current.CancellationToken;
        var file = Environment.GetEnvironmentVariable("SIMULATE_OUT") ?? throw new InvalidOperationException("SIMULATE_OUT names no file; use scripts/simulate.");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(summary) + Environment.NewLine, cancellation);
        if (failed.Count > 0) await File.WriteAllLinesAsync(file + ".trace", failed[0].Trace, cancellation);
        else if (outcomes.Count == 1) await File.WriteAllLinesAsync(file + ".trace", outcomes[0].Trace, cancellation);
    }

    /// <summary>Keeps the trace only of a seed that somebody will want to read.</summary>
    private static TradingScenario.Outcome Report(int seed)
    {
        var outcome = Environment.GetEnvironmentVariable("SIMULATE_EXCHANGE") is "protocol" ? Protocol.ProtocolScenario.Run(seed) : TradingScenario.Run(seed);
        return outcome.Violation is null && Number("SIMULATE_SEEDS", 1) > 1 ? outcome with { Trace = [] } : outcome;
    }

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
#endif
