using Orleans;
using Orleans.Concurrency;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public interface IWorkerGrain : IGrainWithStringKey
{
    Task<Guid> WorkAsync(string job);

    Task LeaveAsync();
}

/// <summary>Jobs begin, wait at a gate of the same name, and end; two at a time at the most.</summary>
[StatelessWorker(2)]
public sealed class WorkerGrain(Probe probe) : Grain, IWorkerGrain
{
    private readonly Guid _instance = Guid.NewGuid();

    public async Task<Guid> WorkAsync(string job)
    {
        probe.Mark("a job begins");
        await probe.Gate(job);
        probe.Mark("a job ends");
        return _instance;
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Mark("a worker leaves");
        return Task.CompletedTask;
    }
}

/// <summary>Gives jobs to workers: those of a grain all run where the grain does.</summary>
public interface IForemanGrain : IGrainWithStringKey
{
    Task<Guid[]> GiveAsync(string[] jobs);

    Task<Guid[]> GiveOneByOneAsync(string[] jobs);

    Task DismissAsync();
}

public sealed class ForemanGrain : Grain, IForemanGrain
{
    private IWorkerGrain Workers => GrainFactory.GetGrain<IWorkerGrain>("a");

    public Task<Guid[]> GiveAsync(string[] jobs) => Task.WhenAll(jobs.Select(Workers.WorkAsync));

    public async Task<Guid[]> GiveOneByOneAsync(string[] jobs)
    {
        var workers = new List<Guid>();
        foreach (var job in jobs) workers.Add(await Workers.WorkAsync(job));
        return [.. workers];
    }

    public Task DismissAsync() => Workers.LeaveAsync();
}
