using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public sealed class CallTests
{
    [Fact]
    public async Task Arguments_reach_the_grain_and_results_come_back()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<ICallGrain>("a");
        Assert.Equal("hello", await grain.EchoAsync("hello").Soon());
        Assert.Equal(42, await grain.DoubleAsync(21).AsTask().Soon());
        await grain.NothingAsync().AsTask().Soon();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_exception_reaches_the_caller_with_its_type_message_and_stack(bool atOnce)
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<ICallGrain>("a");
        var error = await Assert.ThrowsAsync<FormatException>(() => (atOnce ? grain.FailAtOnceAsync("why") : grain.FailAsync("why")).Soon());
        Assert.Equal("why", error.Message);
        Assert.Contains(nameof(CallGrain), error.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grain_serves_the_next_request_after_one_failed()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<ICallGrain>("a");
        await Assert.ThrowsAsync<FormatException>(() => grain.FailAsync("why").Soon());
        Assert.Equal("still here", await grain.EchoAsync("still here").Soon());
    }

    [Fact]
    public async Task A_cycle_of_calls_ends_in_a_timeout()
    {
        await using var runtime = await RuntimeFixture.StartAsync(silo =>
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(5)));
        var call = runtime.Grains.GetGrain<ICallGrain>("a").CallAsync("b");
        await runtime.Probe.Seen("a called b");
        await runtime.Probe.Seen("b called a");
        Assert.False(call.IsCompleted);
        runtime.Time.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<TimeoutException>(call.Soon);
        Assert.Equal(new[] { "a called b", "b called a" }, runtime.Probe.Log.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_call_within_the_response_timeout_does_not_time_out()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var step = runtime.Grains.GetGrain<IReentrantStepGrain>("a").StepAsync("long");
        await runtime.Probe.Seen("long begins");
        runtime.Time.Advance(TimeSpan.FromSeconds(29));
        runtime.Probe.Open("long");
        await step.Soon();
    }

    [Fact]
    public async Task A_method_may_have_a_shorter_response_timeout_of_its_own()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var call = runtime.Grains.GetGrain<ICallGrain>("a").WaitInHasteAsync("never");
        await runtime.Probe.Seen("waits at never");
        runtime.Time.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<TimeoutException>(call.Soon);
    }

    [Fact]
    public async Task A_method_may_have_a_longer_response_timeout_of_its_own()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var patient = runtime.Grains.GetGrain<ICallGrain>("patient").WaitAtLeisureAsync("gate");
        var usual = runtime.Grains.GetGrain<IReentrantStepGrain>("usual").StepAsync("usual");
        await runtime.Probe.Seen("waits at gate");
        await runtime.Probe.Seen("usual begins");
        runtime.Time.Advance(TimeSpan.FromSeconds(31));
        await Assert.ThrowsAsync<TimeoutException>(usual.Soon);
        runtime.Probe.Open("gate");
        await patient.Soon();
    }

    [Fact]
    public async Task A_grain_resumes_on_its_own_turns_after_a_call()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        Assert.True(await runtime.Grains.GetGrain<ICallGrain>("a").ResumesOnItsOwnTurnsAsync("b").Soon());
    }

    [Fact]
    public async Task The_callee_does_not_run_inside_the_callers_flow()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        Assert.False(await runtime.Grains.GetGrain<ICallGrain>("a").CalleeSharesFlowAsync("b").Soon());
    }

    [Fact]
    public async Task Cancelling_a_call_frees_the_caller_and_signals_the_callee_in_a_turn()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var call = runtime.Grains.GetGrain<ICallGrain>("a").WaitForCancellationAsync(cancellation.Token);
        await runtime.Probe.Seen("waits for cancellation");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(call.Soon);
        await runtime.Probe.Seen("cancelled in a turn");
    }

    [Fact]
    public async Task A_grain_that_fails_when_it_is_told_of_a_cancellation_goes_on()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<ICallGrain>("a");
        using var cancellation = new CancellationTokenSource();
        var call = grain.FailWhenCancelledAsync(cancellation.Token);
        await runtime.Probe.Seen("can be told");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(call.Soon);
        await runtime.Probe.Seen("told");
        runtime.Probe.Open("told");
        Assert.Equal("still here", await grain.EchoAsync("still here").Soon());
    }

    [Fact]
    public async Task A_one_way_call_returns_before_the_grain_is_done_and_hides_its_error()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        await runtime.Grains.GetGrain<ICallGrain>("a").FireAndForgetAsync("gate").Soon();
        runtime.Probe.Open("gate");
        await runtime.Probe.Seen("gate done");
    }

    [Fact]
    public async Task The_request_context_flows_down_through_every_call()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        RequestContext.Set("trace", "42");
        Assert.Equal("42", await runtime.Grains.GetGrain<ICallGrain>("a").ContextValueThroughAsync("b", "trace").Soon());
    }

    [Fact]
    public async Task The_request_context_of_a_callee_does_not_flow_back_nor_into_its_next_request()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<ICallGrain>("a");
        await grain.ChangeContextAsync("trace", "changed").Soon();
        Assert.Null(RequestContext.Get("trace"));
        Assert.Null(await grain.ContextValueAsync("trace").Soon());
    }

    [Fact]
    public async Task A_reference_equals_another_to_the_same_grain_and_tells_its_key()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var one = runtime.Grains.GetGrain<ICallGrain>("BTCUSDT");
        Assert.Equal(one, runtime.Grains.GetGrain<ICallGrain>("BTCUSDT"));
        Assert.NotEqual(one, runtime.Grains.GetGrain<ICallGrain>("ETHUSDT"));
        Assert.Equal("BTCUSDT", one.GetPrimaryKeyString());
        Assert.Equal("call/BTCUSDT", await one.IdentityAsync().Soon());
    }
}
