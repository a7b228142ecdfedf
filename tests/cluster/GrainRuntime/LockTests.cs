using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>The runtime holds no lock while it runs the code of a grain: a grain may wait for what others do to it.</summary>
public sealed class LockTests
{
#if ORLEANS
    // Orleans makes an instance under the lock of its activation, at which whoever calls the grain meanwhile has to wait.
    private static readonly string[] Places = ["read", "activation", "filter", "method", "write", "tick"];
#else
    private static readonly string[] Places = ["constructor", "read", "activation", "filter", "method", "write", "tick"];
#endif

    [Fact]
    public async Task Others_may_call_a_grain_while_its_code_or_its_storage_holds_the_thread()
    {
        await using var runtime = await RuntimeFixture.StartAsync(silo =>
        {
            silo.Services.AddSingleton<Meddler>();
            silo.Services.AddGrainStorage("nosy", (services, _) => new NosyStorage(services.GetRequiredService<Meddler>()));
        });
        var grain = runtime.Grains.GetGrain<INosyGrain>("a");
        await grain.WorkAsync().Soon();
        foreach (var place in Places) await runtime.Probe.Seen($"free in {place}");

        using var cancellation = new CancellationTokenSource();
        var wait = grain.WaitAsync(cancellation.Token);
        await runtime.Probe.Seen("waits");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(wait.Soon);
        await runtime.Probe.Seen("free in cancellation");

        await grain.LeaveAsync().Soon();
        await runtime.Probe.Seen("free in deactivation");
    }
}
