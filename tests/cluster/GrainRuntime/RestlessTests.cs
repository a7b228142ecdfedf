using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public sealed class RestlessTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_call_to_a_grain_that_always_leaves_before_it_answers_is_rejected_after_so_many_forwards(int forwards)
    {
        await using var runtime = await RuntimeFixture.StartAsync(silo =>
            silo.Configure<SiloMessagingOptions>(options => options.MaxForwardCount = forwards));
        var grain = runtime.Grains.GetGrain<IRestlessGrain>("a");
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => grain.InstanceAsync().Soon());
        Assert.Equal(forwards + 1, runtime.Probe.Log.Count(mark => string.Equals(mark, "activates", StringComparison.Ordinal)));
        runtime.Probe.Open("rest");
        await grain.InstanceAsync().Soon();
    }

    [Fact]
    public async Task A_grain_that_asks_to_be_moved_ends_and_goes_on_in_a_new_activation()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        runtime.Probe.Open("rest");
        var grain = runtime.Grains.GetGrain<IRestlessGrain>("a");
        var first = await grain.InstanceAsync().Soon();
        await grain.MoveAsync().Soon();
        await runtime.Probe.Seen("deactivates: Migrating");
        Assert.NotEqual(first, await grain.InstanceAsync().Soon());
    }
}
