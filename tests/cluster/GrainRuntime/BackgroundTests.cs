using Orleans;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>Runs a loop from its activation on, beside its requests.</summary>
public interface ILoopGrain : IGrainWithStringKey
{
    Task<int> RoundsAsync();
}

public sealed class LoopGrain(Probe probe) : Grain, ILoopGrain
{
    private int _rounds;
    private Task? _loop;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _loop = RunAsync();
        return Task.CompletedTask;
    }

    public Task<int> RoundsAsync() => Task.FromResult(_loop is null ? -1 : _rounds);

    private async Task RunAsync()
    {
        var scheduler = TaskScheduler.Current;
        while (_rounds < 3)
        {
            await probe.Gate($"round {_rounds + 1}");
            _rounds++;
            probe.Mark(ReferenceEquals(scheduler, TaskScheduler.Current) ? "round" : "round elsewhere");
        }
    }
}

public sealed class BackgroundTests
{
    [Fact]
    public async Task A_loop_started_at_activation_runs_as_turns_of_its_own()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<ILoopGrain>("a");
        Assert.Equal(0, await grain.RoundsAsync().Soon());
        for (var round = 1; round <= 3; round++)
        {
            runtime.Probe.Open($"round {round}");
            await runtime.Probe.Seen("round");
            Assert.Equal(round, await grain.RoundsAsync().Soon());
        }
    }
}
