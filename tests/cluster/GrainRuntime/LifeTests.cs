using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public sealed class LifeTests
{
    [Fact]
    public async Task The_first_call_activates_and_later_calls_find_the_same_instance()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<ILifeGrain>("a");
        Assert.Empty(runtime.Probe.Log);
        Assert.Equal(await grain.InstanceAsync().Soon(), await grain.InstanceAsync().Soon());
        Assert.Equal(["a activates"], runtime.Probe.Log);
    }

    [Fact]
    public async Task Requests_wait_until_the_activation_is_done()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var call = runtime.Grains.GetGrain<ILifeGrain>("slow").InstanceAsync();
        await runtime.Probe.Seen("slow activates");
        Assert.False(call.IsCompleted);
        runtime.Probe.Open("activation");
        await call.Soon();
    }

    [Fact]
    public async Task A_failed_activation_reaches_every_waiting_caller_and_the_next_call_retries()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<ILifeGrain>("fails");
        var one = grain.InstanceAsync();
        var other = grain.InstanceAsync();
        runtime.Probe.Open("failure");
        Assert.Equal("The activation failed.", (await Assert.ThrowsAsync<FormatException>(one.Soon)).Message);
        Assert.Equal("The activation failed.", (await Assert.ThrowsAsync<FormatException>(other.Soon)).Message);
        runtime.Probe.Open("repaired");
        await grain.InstanceAsync().Soon();
    }

    [Fact]
    public async Task Deactivation_on_idle_waits_for_the_running_request()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var call = runtime.Grains.GetGrain<ILifeGrain>("a").LeaveAndWaitAsync("gate");
        await runtime.Probe.Seen("waits at gate");
        runtime.Probe.Open("gate");
        await call.Soon();
        await runtime.Probe.Seen("deactivated");
        Assert.Equal(["a activates", "waits at gate", "passed gate", "deactivates: ApplicationRequested", "deactivated"], runtime.Probe.Log);
    }

    [Fact]
    public async Task A_request_that_waited_behind_the_one_that_deactivates_goes_to_the_new_activation()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<ILifeGrain>("a");
        var first = await grain.InstanceAsync().Soon();
        var leaving = grain.LeaveAndWaitAsync("gate");
        await runtime.Probe.Seen("waits at gate");
        var behind = grain.InstanceAsync();
        runtime.Probe.Open("gate");
        await leaving.Soon();
        Assert.NotEqual(first, await behind.Soon());
    }

    [Fact]
    public async Task An_activation_that_takes_too_long_fails_its_callers()
    {
        await using var runtime = await RuntimeFixture.StartAsync(silo =>
            silo.Configure<GrainCollectionOptions>(options => options.ActivationTimeout = TimeSpan.FromSeconds(2)));
        var call = runtime.Grains.GetGrain<ILifeGrain>("slow").InstanceAsync();
        await runtime.Probe.Seen("slow activates");
        runtime.Time.Advance(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAnyAsync<Exception>(call.Soon);
        Assert.True(call.IsCompleted);
    }

    [Fact]
    public async Task A_call_during_deactivation_is_served_by_a_new_activation()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<ILifeGrain>("a lingers");
        var first = await grain.InstanceAsync().Soon();
        await grain.LeaveAsync().Soon();
        await runtime.Probe.Seen("deactivates: ApplicationRequested");
        var call = grain.InstanceAsync();
        runtime.Probe.Open("deactivation");
        Assert.NotEqual(first, await call.Soon());
        Assert.Equal(
            ["a lingers activates", "deactivates: ApplicationRequested", "deactivated", "a lingers activates"], runtime.Probe.Log);
    }

    [Fact]
    public async Task Stopping_the_host_finishes_running_requests_and_deactivates_everything()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var call = runtime.Grains.GetGrain<ILifeGrain>("a").WaitAsync("gate");
        await runtime.Probe.Seen("waits at gate");
        var stop = runtime.StopAsync();
        runtime.Probe.Open("gate");
        await call.Soon();
        await stop;
        Assert.Equal(["a activates", "waits at gate", "passed gate", "deactivates: ShuttingDown", "deactivated"], runtime.Probe.Log);
    }

    [Fact]
    public async Task A_request_that_never_ends_cannot_hold_up_the_stop_for_ever()
    {
        await using var runtime = await RuntimeFixture.StartAsync(silo =>
        {
            // The embedded runtime gives up after the one, Orleans after the other.
            silo.Configure<GrainCollectionOptions>(options => options.DeactivationTimeout = TimeSpan.FromSeconds(2));
            silo.Services.PostConfigure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
        });
        var call = runtime.Grains.GetGrain<ILifeGrain>("a").WaitAsync("never");
        await runtime.Probe.Seen("waits at never");
        var stop = runtime.StopAsync();
        runtime.Time.Advance(TimeSpan.FromSeconds(3));
        await stop;
        await Assert.ThrowsAnyAsync<Exception>(call.Soon);
    }

    [Fact]
    public async Task A_call_after_the_stop_fails()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<ILifeGrain>("a");
        await runtime.StopAsync();
        await Assert.ThrowsAnyAsync<OrleansException>(() => grain.InstanceAsync().Soon());
    }
}
