using Orleans;
using Orleans.Runtime;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>Steps that begin, wait at a gate of the same name, and end; some of them inside of a section that lets their chain back in.</summary>
public interface IReentrantSectionGrain : IGrainWithStringKey
{
    Task StepAsync(string name);

    Task StepInSectionAsync(string name);

    Task StepThenSectionAsync(string before, string inside);
}

public sealed class ReentrantSectionGrain(Probe probe) : Grain, IReentrantSectionGrain
{
    public async Task StepAsync(string name)
    {
        probe.Mark($"{name} begins");
        await probe.Gate(name);
        probe.Mark($"{name} ends");
    }

    public async Task StepInSectionAsync(string name)
    {
        using var section = RequestContext.AllowCallChainReentrancy();
        await StepAsync(name);
    }

    public async Task StepThenSectionAsync(string before, string inside)
    {
        await StepAsync(before);
        await StepInSectionAsync(inside);
    }
}
