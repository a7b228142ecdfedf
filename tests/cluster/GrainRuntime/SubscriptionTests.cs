using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Utilities;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public sealed class SubscriptionTests
{
    private readonly ManualTime _time = new();
    private readonly List<string> _heard = [];

    [Fact]
    public async Task A_subscription_that_is_not_renewed_expires()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var observers = Observers();
        var (one, other) = (runtime.Grains.GetGrain<ICallGrain>("one"), runtime.Grains.GetGrain<ICallGrain>("other"));
        observers.Subscribe(one, one);
        observers.Subscribe(other, other);
        _time.Advance(TimeSpan.FromMinutes(4));
        observers.Subscribe(other, other);
        _time.Advance(TimeSpan.FromMinutes(4));
        observers.Notify(observer => _heard.Add(observer.GetPrimaryKeyString()));
        Assert.Equal(["other"], _heard);
        Assert.Equal(1, observers.Count);
    }

    [Fact]
    public async Task An_observer_that_fails_is_dropped_and_the_others_still_hear()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var observers = Observers();
        var (one, other) = (runtime.Grains.GetGrain<ICallGrain>("one"), runtime.Grains.GetGrain<ICallGrain>("other"));
        observers.Subscribe(one, one);
        observers.Subscribe(other, other);
        await observers.Notify(observer => observer.GetPrimaryKeyString() is "one"
            ? observer.FailAsync("gone")
            : observer.EchoAsync("x")).Soon();
        observers.Notify(observer => _heard.Add(observer.GetPrimaryKeyString()));
        Assert.Equal(["other"], _heard);
    }

    [Fact]
    public async Task An_observer_that_fails_at_once_is_dropped_too_and_all_can_be_cleared()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var observers = Observers();
        var (one, other) = (runtime.Grains.GetGrain<ICallGrain>("one"), runtime.Grains.GetGrain<ICallGrain>("other"));
        observers.Subscribe(one, one);
        observers.Subscribe(other, other);
        observers.Notify(observer =>
        {
            if (observer.GetPrimaryKeyString() is "one") throw new InvalidOperationException("gone");
        });
        Assert.Equal([other], observers);
        observers.Clear();
        Assert.Empty(observers);
    }

    private ObserverManager<ICallGrain> Observers() => new(TimeSpan.FromMinutes(5), NullLogger.Instance)
    {
        GetDateTime = () => _time.GetUtcNow().UtcDateTime,
    };
}
