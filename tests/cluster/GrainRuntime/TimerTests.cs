using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public sealed class TimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Every_way_to_start_a_timer_starts_one()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        await runtime.Grains.GetGrain<IManyTimersGrain>("a").StartAsync().Soon();
        runtime.Time.Advance(TimeSpan.FromSeconds(1));
        foreach (var way in new[] { "state, token, options", "token, options", "options", "state, options", "times", "token, times", "state, times", "state, token, times" })
            await runtime.Probe.Seen(way);
    }

    [Fact]
    public async Task A_timer_ticks_after_its_due_time_and_then_every_period()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        runtime.Probe.Open("tick");
        var grain = await TimerAsync(runtime, 5 * Second, Second);
        runtime.Time.Advance(4 * Second);
        await grain.PingAsync().Soon();
        Assert.Empty(runtime.Probe.Log);
        for (var tick = 0; tick < 3; tick++)
        {
            runtime.Time.Advance(Second);
            await runtime.Probe.Seen("tick ends");
            await grain.PingAsync().Soon();
        }
    }

    [Fact]
    public async Task A_due_time_of_zero_ticks_at_once()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        runtime.Probe.Open("tick");
        await TimerAsync(runtime, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await runtime.Probe.Seen("tick ends");
    }

    [Fact]
    public async Task A_tick_waits_for_the_running_request()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        runtime.Probe.Open("tick");
        var grain = await TimerAsync(runtime, Second, Second);
        var work = grain.WorkAsync("work");
        await runtime.Probe.Seen("work begins");
        runtime.Time.Advance(Second);
        runtime.Probe.Open("work");
        await work.Soon();
        await runtime.Probe.Seen("tick ends");
        Assert.Equal(["work begins", "work ends", "tick begins", "tick ends"], runtime.Probe.Log);
    }

    [Fact]
    public async Task A_request_waits_for_the_running_tick()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = await TimerAsync(runtime, Second, Second);
        runtime.Time.Advance(Second);
        await runtime.Probe.Seen("tick begins");
        runtime.Probe.Open("work");
        var work = grain.WorkAsync("work");
        runtime.Probe.Open("tick");
        await work.Soon();
        Assert.Equal(["tick begins", "tick ends", "work begins", "work ends"], runtime.Probe.Log);
    }

    [Fact]
    public async Task An_interleaving_tick_runs_beside_a_request()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        runtime.Probe.Open("tick");
        var grain = await TimerAsync(runtime, Second, Second, interleave: true);
        var work = grain.WorkAsync("work");
        await runtime.Probe.Seen("work begins");
        runtime.Time.Advance(Second);
        await runtime.Probe.Seen("tick ends");
        Assert.False(work.IsCompleted);
        runtime.Probe.Open("work");
        await work.Soon();
    }

    [Fact]
    public async Task A_tick_of_a_reentrant_grain_runs_beside_a_request()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        runtime.Probe.Open("tick");
        var grain = runtime.Grains.GetGrain<IReentrantTimerGrain>("a");
        await grain.StartAsync(Second, Second, interleave: false, keepAlive: false).Soon();
        var work = grain.WorkAsync("work");
        await runtime.Probe.Seen("work begins");
        runtime.Time.Advance(Second);
        await runtime.Probe.Seen("tick ends");
        runtime.Probe.Open("work");
        await work.Soon();
    }

    [Fact]
    public async Task A_tick_that_takes_longer_than_its_period_does_not_overlap_the_next()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = await TimerAsync(runtime, Second, Second, interleave: true);
        runtime.Time.Advance(Second);
        await runtime.Probe.Seen("tick begins");
        runtime.Time.Advance(10 * Second);
        await grain.PingAsync().Soon();
        runtime.Probe.Open("tick");
        await runtime.Probe.Seen("tick ends");
        Assert.Equal(["tick begins", "tick ends"], runtime.Probe.Log);
    }

    [Fact]
    public async Task A_failed_tick_is_followed_by_the_next()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        runtime.Probe.Open("tick");
        runtime.Probe.Open("tick fails");
        var grain = await TimerAsync(runtime, Second, Second);
        runtime.Time.Advance(Second);
        await runtime.Probe.Seen("tick ends");
        await grain.PingAsync().Soon();
        runtime.Time.Advance(Second);
        await runtime.Probe.Seen("tick ends");
    }

    [Fact]
    public async Task A_changed_timer_follows_its_new_times()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        runtime.Probe.Open("tick");
        var grain = await TimerAsync(runtime, 60 * Second, 60 * Second);
        await grain.ChangeAsync(2 * Second, 3 * Second).Soon();
        runtime.Time.Advance(2 * Second);
        await runtime.Probe.Seen("tick ends");
        await grain.PingAsync().Soon();
        runtime.Time.Advance(3 * Second);
        await runtime.Probe.Seen("tick ends");
    }

    [Fact]
    public async Task A_disposed_timer_ticks_no_more()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = await TimerAsync(runtime, Second, Second);
        await grain.DisposeTimerAsync().Soon();
        runtime.Time.Advance(10 * Second);
        await grain.PingAsync().Soon();
        Assert.Empty(runtime.Probe.Log);
    }

    [Fact]
    public async Task A_timer_stops_with_its_activation()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = await TimerAsync(runtime, Second, Second);
        await grain.LeaveAsync().Soon();
        await grain.PingAsync().Soon();
        runtime.Time.Advance(10 * Second);
        await grain.PingAsync().Soon();
        Assert.Equal(["deactivates: ApplicationRequested"], runtime.Probe.Log);
    }

    private static async Task<ITimerGrain> TimerAsync(
        RuntimeFixture runtime, TimeSpan due, TimeSpan period, bool interleave = false, bool keepAlive = false)
    {
        var grain = runtime.Grains.GetGrain<ITimerGrain>("a", typeof(TimerGrain).FullName);
        await grain.StartAsync(due, period, interleave, keepAlive).Soon();
        return grain;
    }
}
