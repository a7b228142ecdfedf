using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>A call that comes back to a grain on its own chain gets in where the grain allows it, and only there.</summary>
public sealed class ChainTests
{
    [Fact]
    public async Task A_call_may_come_back_to_a_grain_that_allows_it()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        Assert.Equal("answer of a", await runtime.Grains.GetGrain<IChainGrain>("a").ThereAndBackAsync("b", "allowed").Soon());
    }

    [Theory]
    [InlineData("never allowed")]
    [InlineData("over")]
    [InlineData("suppressed")]
    public async Task A_call_that_may_not_come_back_ends_in_a_timeout(string how)
    {
        await using var runtime = await RuntimeFixture.StartAsync(silo =>
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(5)));
        var call = runtime.Grains.GetGrain<IChainGrain>("a").ThereAndBackAsync("b", how);
        await runtime.Probe.Seen("goes out");
        runtime.Time.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<TimeoutException>(call.Soon);
    }

    [Fact]
    public async Task A_call_of_another_chain_waits_for_the_section_like_any_other()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IReentrantSectionGrain>("a");
        var inside = grain.StepInSectionAsync("inside");
        await runtime.Probe.Seen("inside begins");
        Task stranger;
        using (RequestContext.AllowCallChainReentrancy()) stranger = grain.StepAsync("stranger");
        runtime.Probe.Open("stranger");
        runtime.Probe.Open("inside");
        await Task.WhenAll(inside, stranger).Soon();
        Assert.Equal(["inside begins", "inside ends", "stranger begins", "stranger ends"], runtime.Probe.Log);
    }

    [Fact]
    public async Task A_call_that_waits_gets_in_when_a_section_of_its_chain_begins()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IReentrantSectionGrain>("a");
        using var chain = RequestContext.AllowCallChainReentrancy();
        var first = grain.StepThenSectionAsync("before", "inside");
        await runtime.Probe.Seen("before begins");
        var second = grain.StepAsync("second");
        runtime.Probe.Open("second");
        runtime.Probe.Open("before");
        await second.Soon();
        Assert.False(first.IsCompleted);
        runtime.Probe.Open("inside");
        await first.Soon();
    }

    [Fact]
    public async Task The_id_of_a_chain_travels_with_its_calls_and_ends_with_its_section()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        Assert.NotEqual(Guid.Empty, await runtime.Grains.GetGrain<IChainGrain>("a").ReentrancyIdThroughAsync("b").Soon());
        Assert.Equal(Guid.Empty, RequestContext.ReentrancyId);
        using (RequestContext.AllowCallChainReentrancy())
        {
            var id = RequestContext.ReentrancyId;
            Assert.NotEqual(Guid.Empty, id);
            using (RequestContext.AllowCallChainReentrancy()) Assert.Equal(id, RequestContext.ReentrancyId);
            using (RequestContext.SuppressCallChainReentrancy()) Assert.Equal(Guid.Empty, RequestContext.ReentrancyId);
            Assert.Equal(id, RequestContext.ReentrancyId);
        }

        Assert.Equal(Guid.Empty, RequestContext.ReentrancyId);
    }
}
