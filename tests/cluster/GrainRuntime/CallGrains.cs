using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public interface ICallGrain : IGrainWithStringKey
{
    Task<string> EchoAsync(string text);

    ValueTask<int> DoubleAsync(int number);

    ValueTask NothingAsync();

    Task FailAsync(string message);

    Task FailAtOnceAsync(string message);

    Task CallAsync(string other);

    [ResponseTimeout("00:00:05")]
    Task WaitInHasteAsync(string gate);

    [ResponseTimeout("00:02:00")]
    Task WaitAtLeisureAsync(string gate);

    Task<bool> ResumesOnItsOwnTurnsAsync(string other);

    Task<bool> CalleeSharesFlowAsync(string other);

    Task<bool> SeesFlowOfCallerAsync();

    Task WaitForCancellationAsync(CancellationToken cancellationToken);

    Task FailWhenCancelledAsync(CancellationToken cancellationToken);

    [OneWay]
    Task FireAndForgetAsync(string gate);

    Task<string?> ContextValueAsync(string key);

    Task<string?> ContextValueThroughAsync(string other, string key);

    Task ChangeContextAsync(string key, string value);

    Task<string> IdentityAsync();
}

public sealed class CallGrain(Probe probe) : Grain, ICallGrain
{
    private static readonly AsyncLocal<string?> InsideOf = new();

    public Task<string> EchoAsync(string text) => Task.FromResult(text);

    public ValueTask<int> DoubleAsync(int number) => new(2 * number);

    public ValueTask NothingAsync() => ValueTask.CompletedTask;

    public async Task FailAsync(string message)
    {
        await Task.Yield();
        throw new FormatException(message);
    }

    public Task FailAtOnceAsync(string message) => throw new FormatException(message);

    public async Task CallAsync(string other)
    {
        var call = Other(other).CallAsync(this.GetPrimaryKeyString());
        probe.Mark($"{this.GetPrimaryKeyString()} called {other}");
        await call;
    }

    public Task WaitInHasteAsync(string gate) => WaitAtLeisureAsync(gate);

    public async Task WaitAtLeisureAsync(string gate)
    {
        probe.Mark($"waits at {gate}");
        await probe.Gate(gate);
    }

    public async Task<bool> ResumesOnItsOwnTurnsAsync(string other)
    {
        var before = TaskScheduler.Current;
        await Other(other).EchoAsync("x");
        return ReferenceEquals(before, TaskScheduler.Current) && !ReferenceEquals(before, TaskScheduler.Default);
    }

    public async Task<bool> CalleeSharesFlowAsync(string other)
    {
        InsideOf.Value = this.GetPrimaryKeyString();
        return await Other(other).SeesFlowOfCallerAsync();
    }

    public Task<bool> SeesFlowOfCallerAsync() => Task.FromResult(InsideOf.Value is not null);

    public async Task FailWhenCancelledAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(() =>
        {
            probe.Mark("told");
            throw new InvalidOperationException("Whoever is told fails.");
        });
        probe.Mark("can be told");
        await probe.Gate("told");
    }

    public async Task WaitForCancellationAsync(CancellationToken cancellationToken)
    {
        var scheduler = TaskScheduler.Current;
        await using var registration = cancellationToken.Register(() =>
            probe.Mark(ReferenceEquals(scheduler, TaskScheduler.Current) ? "cancelled in a turn" : "cancelled elsewhere"));
        probe.Mark("waits for cancellation");
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    public async Task FireAndForgetAsync(string gate)
    {
        await probe.Gate(gate);
        probe.Mark($"{gate} done");
        throw new InvalidOperationException("Nobody sees this.");
    }

    public Task<string?> ContextValueAsync(string key) => Task.FromResult(RequestContext.Get(key) as string);

    public Task<string?> ContextValueThroughAsync(string other, string key) => Other(other).ContextValueAsync(key);

    public Task ChangeContextAsync(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }

    public Task<string> IdentityAsync() => Task.FromResult(IdentityString);

    private ICallGrain Other(string key) => GrainFactory.GetGrain<ICallGrain>(key);
}
