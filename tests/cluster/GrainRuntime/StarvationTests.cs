using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public sealed class StarvationTests
{
    [Fact]
    public async Task A_thousand_grains_that_wait_for_a_slow_storage_hold_up_nobody_else()
    {
        const int Many = 1_000;
        await using var runtime = await RuntimeFixture.StartAsync(silo =>
            silo.Services.AddGrainStorage("slow", (services, _) => new SlowStorage(services.GetRequiredService<Probe>())));
        var threads = ThreadPool.ThreadCount;
        var writes = Enumerable.Range(0, Many).Select(key => runtime.Grains.GetGrain<ISlowStorageGrain>(key).WriteAsync()).ToList();
        await AllBeginAsync().Soon();
        for (var call = 0; call < 100; call++) await runtime.Grains.GetGrain<ICallGrain>($"{call}").EchoAsync("still here").Soon();
        Assert.InRange(ThreadPool.ThreadCount, 0, threads + (Many / 10));
        Assert.DoesNotContain(writes, write => write.IsCompleted);
        runtime.Probe.Open("disk");
        await Task.WhenAll(writes).Soon();

        async Task AllBeginAsync()
        {
            for (var begun = 0; begun < Many; begun++) await runtime.Probe.Seen("write begins");
        }
    }
}
