#if !ORLEANS
using Orleans.Embedded;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Simulation;

/// <summary>A run that cannot be repeated from its seed, or that does not end, says so.</summary>
public sealed class EscapeTests
{
    [Fact]
    public void A_run_with_nothing_left_to_do_says_so()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new Orleans.Embedded.Simulation(1).Run(() => new TaskCompletionSource().Task, maxSteps: 10));
        Assert.Contains("Nothing is left", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_end_is_broken_off()
    {
        var simulation = new Orleans.Embedded.Simulation(1);
        var time = simulation.StartProcess().Time;
        using var timer = time.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        var error = Assert.Throws<InvalidOperationException>(() => simulation.Run(() => new TaskCompletionSource().Task, maxSteps: 10));
        Assert.Contains("after 10 steps", error.Message, StringComparison.Ordinal);
        Assert.Equal(TimeZoneInfo.Utc, time.LocalTimeZone);
    }

    [Fact]
    public void Code_that_leaves_the_thread_fails_the_run()
    {
        var simulation = new Orleans.Embedded.Simulation(1);
        var process = simulation.StartProcess();
        var error = Assert.Throws<InvalidOperationException>(() => simulation.Run(
            () =>
            {
                var other = new Thread(() => process.Time.CreateTimer(_ => { }, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan));
                other.Start();
                other.Join();
                return new TaskCompletionSource().Task;
            },
            maxSteps: 10));
        Assert.Contains("left the thread", error.Message, StringComparison.Ordinal);
    }
}
#endif
