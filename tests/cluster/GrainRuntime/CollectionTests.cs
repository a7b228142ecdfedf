using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>
/// Idle activations go. Orleans counts idleness in real time and the embedded runtime in the test's, so the ages are short
/// and a test waits for a witness of the same age to go instead of for a time.
/// </summary>
public sealed class CollectionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task An_idle_activation_is_collected_after_its_age()
    {
        await using var runtime = await StartAsync();
        var grain = runtime.Grains.GetGrain<ILifeGrain>("a");
        var first = await grain.InstanceAsync().Soon();
        runtime.Time.Advance(5 * Second);
        await runtime.Probe.Seen("deactivates: ActivationIdle");
        Assert.NotEqual(first, await grain.InstanceAsync().Soon());
    }

    [Fact]
    public async Task A_running_request_is_never_collected()
    {
        await using var runtime = await StartAsync();
        var grain = runtime.Grains.GetGrain<ILifeGrain>("a");
        var first = await grain.InstanceAsync().Soon();
        var call = grain.WaitAsync("gate");
        await runtime.Probe.Seen("waits at gate");
        await WitnessGoesAsync(runtime);
        runtime.Probe.Open("gate");
        Assert.Equal(first, await call.Soon());
        Assert.Equal(first, await grain.InstanceAsync().Soon());
    }

    [Fact]
    public async Task A_class_may_set_its_own_age_limit_and_may_stay_for_ever()
    {
        await using var runtime = await StartAsync();
        var lasting = runtime.Grains.GetGrain<ILastingGrain>("a");
        var first = await lasting.InstanceAsync().Soon();
        await WitnessGoesAsync(runtime);
        await WitnessGoesAsync(runtime);
        Assert.Equal(first, await lasting.InstanceAsync().Soon());
    }

    [Fact]
    public async Task A_delayed_deactivation_outlives_the_idle_age_until_the_delay_is_taken_back()
    {
        await using var runtime = await StartAsync();
        var grain = runtime.Grains.GetGrain<ILifeGrain>("a");
        await grain.StayAsync(TimeSpan.FromHours(1)).Soon();
        var first = await grain.InstanceAsync().Soon();
        await WitnessGoesAsync(runtime);
        await WitnessGoesAsync(runtime);
        Assert.Equal(first, await grain.InstanceAsync().Soon());
        await grain.StayAsync(TimeSpan.Zero).Soon();
        runtime.Time.Advance(5 * Second);
        await runtime.Probe.Seen("deactivates: ActivationIdle");
    }

    [Fact]
    public async Task Ten_thousand_idle_activations_are_all_collected()
    {
        await using var runtime = await StartAsync();
        var keys = Enumerable.Range(0, 10_000).Select(number => $"{number}").ToList();
        foreach (var some in keys.Chunk(500)) await Task.WhenAll(some.Select(key => runtime.Grains.GetGrain<ILifeGrain>(key).InstanceAsync())).Soon();
        runtime.Time.Advance(5 * Second);
        foreach (var _ in keys) await runtime.Probe.Seen("deactivated");
        Assert.Equal(keys.Count, runtime.Probe.Log.Count(mark => string.Equals(mark, "deactivates: ActivationIdle", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_collected_activations_held_is_returned()
    {
        await using var runtime = await StartAsync();
        await runtime.Grains.GetGrain<ILastingGrain>("witness").InstanceAsync().Soon();
        for (var key = 0; key < 1_000; key++) await runtime.Grains.GetGrain<IHeavyGrain>(key).SizeAsync().Soon();
        Assert.InRange(runtime.Probe.StillThere(), 2_900, 3_000);
        // What ended may lie on a stack of the thread pool until its thread has other work, a second or two at times.
        for (var ages = 0; ages < 1_000 && runtime.Probe.StillThere() > 30; ages++) await WitnessGoesAsync(runtime);
        Assert.InRange(runtime.Probe.StillThere(), 0, 30);
    }

    private static Task<RuntimeFixture> StartAsync() => RuntimeFixture.StartAsync(silo =>
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = 2 * Second));

    private static async Task WitnessGoesAsync(RuntimeFixture runtime)
    {
        await runtime.Grains.GetGrain<IShortLivedGrain>("witness").InstanceAsync().Soon();
        runtime.Time.Advance(5 * Second);
        await runtime.Probe.Seen("short life ends");
    }
}
