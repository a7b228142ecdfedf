#if !ORLEANS
using Orleans.Runtime;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>
/// What only the embedded runtime promises, or only its virtual time can show: requests keep their order, the silo itself
/// answers, a tick hears of the end while it runs, and ticks are idle time unless they keep alive.
/// </summary>
public sealed class EmbeddedLifeTests
{
    [Fact]
    public async Task Requests_of_one_caller_run_in_the_order_they_were_sent()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IStepGrain>("a");
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => grain.IncrementSlowlyAsync())).Soon();
        Assert.Equal(Enumerable.Range(1, 200), results);
    }

    [Fact]
    public async Task A_call_before_the_start_says_that_the_silo_has_not_started()
    {
        await using var runtime = RuntimeFixture.Create();
        var error = await Assert.ThrowsAsync<SiloUnavailableException>(() => runtime.Grains.GetGrain<ILifeGrain>("a").InstanceAsync().Soon());
        Assert.Contains("has not started", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_after_the_stop_says_that_the_silo_has_stopped()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        await runtime.StopAsync();
        var error = await Assert.ThrowsAsync<SiloUnavailableException>(() => runtime.Grains.GetGrain<ILifeGrain>("a").InstanceAsync().Soon());
        Assert.Contains("has stopped", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_tick_is_told_when_its_activation_ends_and_may_finish()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var second = TimeSpan.FromSeconds(1);
        await runtime.Grains.GetGrain<ITimerGrain>("a").StartAsync(second, second, interleave: false, keepAlive: false).Soon();
        runtime.Time.Advance(second);
        await runtime.Probe.Seen("tick begins");
        var stop = runtime.StopAsync();
        await runtime.Probe.Seen("tick told to stop");
        runtime.Probe.Open("tick");
        await stop;
        Assert.Equal(["tick begins", "tick told to stop", "tick ends", "deactivates: ShuttingDown"], runtime.Probe.Log);
    }

    [Fact]
    public async Task A_tick_that_gives_up_when_told_holds_up_no_stop()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        await runtime.Grains.GetGrain<IPatientTickGrain>("a").StartAsync().Soon();
        await runtime.Probe.Seen("tick begins");
        await runtime.StopAsync();
        Assert.Equal(["tick begins", "deactivates"], runtime.Probe.Log);
    }

    [Fact]
    public async Task Whatever_fails_while_an_activation_ends_its_successor_serves_the_next_call()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IBadEndGrain>("a");
        var first = await grain.StartAsync().Soon();
        await runtime.Probe.Seen("tick begins");
        await grain.LeaveAsync().Soon();
        runtime.Probe.Open("tick");
        await runtime.Probe.Seen("tick ends");
        await runtime.Probe.Seen("disposed");
        Assert.NotEqual(first, await grain.StartAsync().Soon());
    }

    [Fact]
    public async Task While_the_silo_stops_grains_may_call_each_other_and_nobody_else_may_call()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IFarewellGrain>("a");
        await grain.GreetAsync().Soon();
        await runtime.Grains.GetGrain<ICallGrain>("b").EchoAsync("hello").Soon();
        var stop = runtime.StopAsync();
        await runtime.Probe.Seen("leaving");
        var error = await Assert.ThrowsAsync<SiloUnavailableException>(() => grain.GreetAsync().Soon());
        Assert.Contains("is stopping", error.Message, StringComparison.Ordinal);
        runtime.Probe.Open("farewell");
        await stop;
        Assert.Equal(["leaving", "refused"], runtime.Probe.Log);
    }

    [Fact]
    public async Task The_age_limit_of_a_class_may_be_given_in_parts()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        await runtime.Grains.GetGrain<ITwoMinutesGrain>("a").PingAsync().Soon();
        runtime.Time.Advance(TimeSpan.FromSeconds(119));
        Assert.Empty(runtime.Probe.Log);
        runtime.Time.Advance(TimeSpan.FromSeconds(2));
        await runtime.Probe.Seen("two minutes end");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ticks_keep_an_activation_alive_only_when_asked_to(bool keepAlive)
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        runtime.Probe.Open("tick");
        var minute = TimeSpan.FromMinutes(1);
        await runtime.Grains.GetGrain<ITimerGrain>("a").StartAsync(minute, minute, interleave: false, keepAlive).Soon();
        for (var minutes = 0; minutes < 14; minutes++)
        {
            runtime.Time.Advance(minute);
            await runtime.Probe.Seen("tick ends");
            await runtime.Time.TimerSet(minute);
        }

        runtime.Time.Advance(2 * minute);
        await (keepAlive ? runtime.Probe.Seen("tick ends") : runtime.Probe.Seen("deactivates: ActivationIdle"));
        Assert.Equal(!keepAlive, runtime.Probe.Log.Contains("deactivates: ActivationIdle", StringComparer.Ordinal));
    }
}
#endif
