using Orleans;
using Orleans.Runtime;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>Calls that go from grain to grain and may come back to where they began.</summary>
public interface IChainGrain : IGrainWithStringKey
{
    /// <summary>Calls the other one, which calls back; returns what it was told when it was called back.</summary>
    Task<string> ThereAndBackAsync(string other, string how);

    Task<string> CallBackAsync(string first);

    Task<string> AnswerAsync();

    Task<Guid> ReentrancyIdAsync();

    Task<Guid> ReentrancyIdThroughAsync(string other);
}

public sealed class ChainGrain(Probe probe) : Grain, IChainGrain
{
    public async Task<string> ThereAndBackAsync(string other, string how)
    {
        switch (how)
        {
            case "allowed":
                using (RequestContext.AllowCallChainReentrancy()) return await TellAsync(other);
            case "over":
                RequestContext.AllowCallChainReentrancy().Dispose();
                return await TellAsync(other);
            case "suppressed":
                using (RequestContext.AllowCallChainReentrancy())
                using (RequestContext.SuppressCallChainReentrancy()) return await TellAsync(other);
            default:
                return await TellAsync(other);
        }
    }

    public async Task<string> CallBackAsync(string first) => await Other(first).AnswerAsync();

    public Task<string> AnswerAsync() => Task.FromResult($"answer of {this.GetPrimaryKeyString()}");

    public Task<Guid> ReentrancyIdAsync() => Task.FromResult(RequestContext.ReentrancyId);

    public async Task<Guid> ReentrancyIdThroughAsync(string other)
    {
        using var section = RequestContext.AllowCallChainReentrancy();
        var here = RequestContext.ReentrancyId;
        return await Other(other).ReentrancyIdAsync() == here ? here : Guid.Empty;
    }

    private async Task<string> TellAsync(string other)
    {
        probe.Mark("goes out");
        return await Other(other).CallBackAsync(this.GetPrimaryKeyString());
    }

    private IChainGrain Other(string key) => GrainFactory.GetGrain<IChainGrain>(key);
}
