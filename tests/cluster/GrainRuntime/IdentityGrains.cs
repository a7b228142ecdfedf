using Orleans;
using Orleans.Runtime;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public interface IGuidGrain : IGrainWithGuidKey
{
    Task<Guid> KeyAsync();
}

/// <summary>Without the base class that grains usually have.</summary>
public sealed class GuidGrain(IGrainContext context) : IGuidGrain, IGrainBase
{
    public IGrainContext GrainContext => context;

    public Task<Guid> KeyAsync() => Task.FromResult(this.GetPrimaryKey());
}

public interface ISecondFaceGrain : IGrainWithStringKey
{
    Task<string> OtherFaceAsync();
}

public interface IFirstFaceGrain : IGrainWithStringKey
{
    Task<string> FaceAsync();

    Task<IFirstFaceGrain> SelfAsync();
}

/// <summary>One grain with two interfaces.</summary>
public sealed class FacesGrain : Grain, IFirstFaceGrain, ISecondFaceGrain
{
    public Task<string> FaceAsync() => Task.FromResult("first");

    public Task<string> OtherFaceAsync() => Task.FromResult("second");

    public Task<IFirstFaceGrain> SelfAsync() => Task.FromResult(this.AsReference<IFirstFaceGrain>());
}
