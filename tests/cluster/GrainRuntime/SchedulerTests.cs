#if !ORLEANS
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>The seam that lets a simulation choose every interleaving; only the embedded runtime has it.</summary>
public sealed class SchedulerTests
{
    [Fact]
    public async Task The_same_seed_runs_the_same_turns_in_the_same_order()
    {
        var first = await LogOfAsync(seed: 1);
        Assert.Equal(first, await LogOfAsync(seed: 1));
        Assert.NotEqual(first, await LogOfAsync(seed: 2));
        Assert.Equal(first.Order(StringComparer.Ordinal), (await LogOfAsync(seed: 2)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_runs_unless_the_scheduler_runs_it()
    {
        var turns = new SeededTurns(seed: 1);
        await using var runtime = await RuntimeFixture.StartAsync(silo => silo.Services.AddSingleton<ITurnScheduler>(turns));
        var call = runtime.Grains.GetGrain<ICallGrain>("a").ContextValueThroughAsync("b", "key");
        Assert.False(call.IsCompleted);
        turns.RunAll();
        await call.Soon();
    }

    private static async Task<IReadOnlyList<string>> LogOfAsync(int seed)
    {
        var turns = new SeededTurns(seed);
        await using var runtime = await RuntimeFixture.StartAsync(silo => silo.Services.AddSingleton<ITurnScheduler>(turns));
        var grains = Enumerable.Range(0, 8).Select(key => runtime.Grains.GetGrain<ILifeGrain>($"{key}")).ToList();
        runtime.Probe.Open("gate");
        var calls = grains.SelectMany(grain => new[] { grain.WaitAsync("gate"), grain.InstanceAsync() }).ToList();
        turns.RunAll();
        await Task.WhenAll(calls).Soon();
        return runtime.Probe.Log;
    }
}
#endif
