using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public sealed class WorkerTests
{
    private static readonly string[] Three = ["job", "job", "job"];

    [Fact]
    public async Task Calls_of_a_stateless_worker_run_in_parallel_up_to_its_maximum()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var work = runtime.Grains.GetGrain<IForemanGrain>("a").GiveAsync(Three);
        await runtime.Probe.Seen("a job begins");
        await runtime.Probe.Seen("a job begins");
        runtime.Probe.Open("job");
        var workers = await work.Soon();
        Assert.Equal(2, workers.Distinct().Count());
        Assert.Equal(["a job begins", "a job begins", "a job ends"], [.. runtime.Probe.Log.Take(3)]);
    }

    [Fact]
    public async Task A_stateless_worker_that_is_not_busy_is_used_again()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        runtime.Probe.Open("job");
        Assert.Single((await runtime.Grains.GetGrain<IForemanGrain>("a").GiveOneByOneAsync(Three).Soon()).Distinct());
    }

    [Fact]
    public async Task A_stateless_worker_that_left_is_replaced()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        runtime.Probe.Open("job");
        var foreman = runtime.Grains.GetGrain<IForemanGrain>("a");
        var before = await foreman.GiveOneByOneAsync(["job"]).Soon();
        await foreman.DismissAsync().Soon();
        await runtime.Probe.Seen("a worker leaves");
        Assert.NotEqual(before, await foreman.GiveOneByOneAsync(["job"]).Soon());
    }

    [Fact]
    public async Task Stopping_the_host_deactivates_every_worker()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var work = runtime.Grains.GetGrain<IForemanGrain>("a").GiveAsync(["job", "job"]);
        await runtime.Probe.Seen("a job begins");
        await runtime.Probe.Seen("a job begins");
        runtime.Probe.Open("job");
        await work.Soon();
        await runtime.StopAsync();
        Assert.Equal(2, runtime.Probe.Log.Count(mark => string.Equals(mark, "a worker leaves", StringComparison.Ordinal)));
    }
}
