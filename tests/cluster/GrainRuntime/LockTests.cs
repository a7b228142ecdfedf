#if !ORLEANS
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>The runtime holds no lock while it runs the code of a grain: a grain may wait for what others do to it.</summary>
public sealed class LockTests
{
    [Fact]
    public async Task Others_may_call_a_grain_while_its_code_holds_the_thread()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<INosyGrain>("a");
        await grain.WorkAsync().Soon();
        foreach (var place in new[] { "constructor", "activation", "filter", "method", "tick" }) await runtime.Probe.Seen($"free in {place}");

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
#endif
