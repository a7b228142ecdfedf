using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>An outcome as grains give it: a closed family, the first of its codes the unsafe one.</summary>
[Immutable]
[JsonPolymorphic]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record Verdict
{
    private Verdict()
    {
    }

    public sealed record Accepted(decimal Quantity) : Verdict;

    public sealed record Refused(Refusal Code, ImmutableArray<double> Measures) : Verdict;
}

public enum Refusal : byte
{
    Unknown,
    NoCash,
}

public readonly record struct Level(decimal Price, double Weight);

/// <summary>One of each kind of value that messages are made of.</summary>
[Immutable]
public sealed record Parcel(
    Candle Candle, ImmutableArray<double> Series, Dictionary<string, decimal> Cash, Level Level, Level? None, TimeSpan Interval, Verdict Verdict);

public interface IParcelGrain : IGrainWithIntegerKey
{
    [return: Immutable]
    Task<Parcel> EchoAsync([Immutable] Parcel parcel);

    /// <summary>Through another grain, which may be on another silo.</summary>
    [return: Immutable]
    Task<Parcel> EchoThroughAsync(long other, [Immutable] Parcel parcel);
}

public sealed class ParcelGrain : Grain, IParcelGrain
{
    public Task<Parcel> EchoAsync(Parcel parcel) => Task.FromResult(parcel);

    public Task<Parcel> EchoThroughAsync(long other, Parcel parcel) => GrainFactory.GetGrain<IParcelGrain>(other).EchoAsync(parcel);
}
