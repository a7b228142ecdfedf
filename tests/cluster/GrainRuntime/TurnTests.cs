using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public sealed class TurnTests
{
    private const string StepGrainPrefix = "OrleansTrader.Cluster.Tests.GrainRuntime.StepGrain";

    [Fact]
    public async Task Two_callers_never_overlap_in_one_activation()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = Step(runtime);
        var first = grain.StepAsync("first");
        await runtime.Probe.Seen("first begins");
        var second = grain.StepAsync("second");
        runtime.Probe.Open("second");
        runtime.Probe.Open("first");
        await Task.WhenAll(first, second).Soon();
        Assert.Equal(["first begins", "first ends", "second begins", "second ends"], runtime.Probe.Log);
    }

    [Fact]
    public async Task Concurrent_increments_across_an_await_lose_none()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = Step(runtime);
        var results = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => grain.IncrementSlowlyAsync())).Soon();
        Assert.Equal(Enumerable.Range(1, 1000), results.Order());
    }

    [Fact]
    public async Task Different_grains_run_at_the_same_time()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var one = Step(runtime, "one").StepAsync("one");
        var other = Step(runtime, "other").StepAsync("other");
        await runtime.Probe.Seen("one begins");
        await runtime.Probe.Seen("other begins");
        runtime.Probe.Open("one");
        runtime.Probe.Open("other");
        await Task.WhenAll(one, other).Soon();
    }

    [Fact]
    public async Task A_reentrant_grain_starts_the_next_request_at_an_await()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IReentrantStepGrain>("a");
        var first = grain.StepAsync("first");
        var second = grain.StepAsync("second");
        await runtime.Probe.Seen("second begins");
        Assert.False(first.IsCompleted);
        runtime.Probe.Open("second");
        await second.Soon();
        runtime.Probe.Open("first");
        await first.Soon();
    }

    [Fact]
    public async Task A_method_that_always_interleaves_passes_running_and_waiting_requests()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = Step(runtime);
        var running = grain.StepAsync("running");
        await runtime.Probe.Seen("running begins");
        var waiting = grain.StepAsync("waiting");
        runtime.Probe.Open("urgent");
        await grain.UrgentStepAsync("urgent").Soon();
        Assert.DoesNotContain("waiting begins", runtime.Probe.Log, StringComparer.Ordinal);
        runtime.Probe.Open("running");
        runtime.Probe.Open("waiting");
        await Task.WhenAll(running, waiting).Soon();
    }

    [Fact]
    public async Task A_running_method_that_always_interleaves_does_not_block_other_requests()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = Step(runtime);
        var urgent = grain.UrgentStepAsync("urgent");
        await runtime.Probe.Seen("urgent begins");
        runtime.Probe.Open("normal");
        await grain.StepAsync("normal").Soon();
        runtime.Probe.Open("urgent");
        await urgent.Soon();
    }

    [Fact]
    public async Task Read_only_methods_interleave_with_each_other_but_not_with_a_writer()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = Step(runtime);
        var one = grain.ReadStepAsync("one");
        await runtime.Probe.Seen("one begins");
        var writer = grain.StepAsync("writer");
        var other = grain.ReadStepAsync("other");
        await runtime.Probe.Seen("other begins");
        runtime.Probe.Open("writer");
        runtime.Probe.Open("one");
        runtime.Probe.Open("other");
        await Task.WhenAll(one, writer, other).Soon();
        Assert.Equal("writer begins", runtime.Probe.Log[^2]);
    }

    [Fact]
    public async Task Readers_that_wait_pass_a_writer_that_waits_too()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = Step(runtime);
        var running = grain.StepAsync("running");
        await runtime.Probe.Seen("running begins");
        // Each waits before the next one is sent, since calls may overtake each other on a cluster, though hardly so many.
        var one = grain.ReadStepAsync("one");
        await CallsPassAsync();
        var writer = grain.StepAsync("writer");
        await CallsPassAsync();
        var other = grain.ReadStepAsync("other");
        await CallsPassAsync();
        runtime.Probe.Open("running");
        await runtime.Probe.Seen("one begins");
        await runtime.Probe.Seen("other begins");
        runtime.Probe.Open("one");
        runtime.Probe.Open("other");
        runtime.Probe.Open("writer");
        await Task.WhenAll(running, one, writer, other).Soon();
        Assert.Equal("writer begins", runtime.Probe.Log[^2]);

        async Task CallsPassAsync()
        {
            runtime.Probe.Open("mark");
            for (var call = 0; call < 10; call++) await grain.UrgentStepAsync("mark").Soon();
        }
    }

    private static IStepGrain Step(RuntimeFixture runtime, string key = "a") =>
        runtime.Grains.GetGrain<IStepGrain>(key, StepGrainPrefix);
}
