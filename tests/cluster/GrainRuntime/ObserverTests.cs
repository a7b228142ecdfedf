using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public sealed class ObserverTests
{
    // The runtime may hold observers weakly.
    private NewsObserver? _observer;

    [Fact]
    public async Task An_observer_hears_what_a_grain_tells_in_order()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var (grain, _) = await SubscribeAsync(runtime);
        foreach (var news in new[] { "one", "two", "three" }) await grain.TellAsync(news).Soon();
        await runtime.Probe.Seen("three");
        Assert.Equal(["one", "two", "three"], runtime.Probe.Log);
    }

    [Fact]
    public async Task An_observer_can_be_awaited()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var (grain, _) = await SubscribeAsync(runtime);
        var told = grain.TellAndWaitAsync("news");
        await runtime.Probe.Seen("news begins");
        Assert.False(told.IsCompleted);
        runtime.Probe.Open("news");
        await told.Soon();
    }

    [Fact]
    public async Task A_deleted_reference_is_not_called_any_more()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var (grain, observer) = await SubscribeAsync(runtime);
        await grain.TellAsync("before").Soon();
        await runtime.Probe.Seen("before");
        runtime.Grains.DeleteObjectReference<INewsObserver>(observer);
        await Assert.ThrowsAnyAsync<Exception>(() => grain.TellAndWaitAsync("after").Soon());
        Assert.Equal(["before"], runtime.Probe.Log);
    }

#if !ORLEANS
    [Fact]
    public async Task An_object_has_one_reference_of_each_kind_until_that_is_deleted()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var observer = new NewsObserver(runtime.Probe);
        Assert.Throws<ArgumentException>(() => runtime.Grains.DeleteObjectReference<INewsObserver>(observer));
        var reference = runtime.Grains.CreateObjectReference<INewsObserver>(observer);
        Assert.Throws<ArgumentException>(() => runtime.Grains.CreateObjectReference<INewsObserver>(observer));
        Assert.Throws<ArgumentException>(() => runtime.Grains.CreateObjectReference<INewsObserver>(reference));
        runtime.Grains.DeleteObjectReference<INewsObserver>(observer);
        Assert.NotEqual(reference, runtime.Grains.CreateObjectReference<INewsObserver>(observer));
    }

    [Fact]
    public async Task An_observer_is_sent_as_its_reference_only()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => runtime.Grains.GetGrain<INewsGrain>("a").SubscribeAsync(new NewsObserver(runtime.Probe)).Soon());
        Assert.Contains("CreateObjectReference", error.Message, StringComparison.Ordinal);
    }
#endif

    private async Task<(INewsGrain Grain, INewsObserver Reference)> SubscribeAsync(RuntimeFixture runtime)
    {
        _observer = new NewsObserver(runtime.Probe);
        var reference = runtime.Grains.CreateObjectReference<INewsObserver>(_observer);
        var grain = runtime.Grains.GetGrain<INewsGrain>("a");
        await grain.SubscribeAsync(reference).Soon();
        return (grain, reference);
    }
}
