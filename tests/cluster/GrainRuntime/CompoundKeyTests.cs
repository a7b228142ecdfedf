using Orleans;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public interface INumberedGrain : IGrainWithIntegerCompoundKey
{
    Task<string> KeyAsync();
}

public sealed class NumberedGrain : Grain, INumberedGrain
{
    public Task<string> KeyAsync() => Task.FromResult($"{this.GetPrimaryKeyLong(out var text)} and {text}");
}

public interface ITaggedGrain : IGrainWithGuidCompoundKey
{
    Task<string> KeyAsync();
}

public sealed class TaggedGrain : Grain, ITaggedGrain
{
    public Task<string> KeyAsync() => Task.FromResult($"{this.GetPrimaryKey(out var text)} and {text}");
}

public sealed class CompoundKeyTests
{
    [Theory]
    [InlineData(42, "BTCUSDT")]
    [InlineData(-1, "a+b/c")]
    [InlineData(long.MaxValue, "Ünïcode")]
    public async Task A_grain_knows_its_number_and_its_text(long number, string text)
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<INumberedGrain>(number, text);
        Assert.Equal($"{number} and {text}", await grain.KeyAsync().Soon());
        Assert.Equal((number, text), (grain.GetPrimaryKeyLong(out var known), known));
    }

    [Fact]
    public async Task A_grain_knows_its_guid_and_its_text()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var guid = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e");
        var grain = runtime.Grains.GetGrain<ITaggedGrain>(guid, "BTCUSDT");
        Assert.Equal($"{guid} and BTCUSDT", await grain.KeyAsync().Soon());
        Assert.Equal((guid, "BTCUSDT"), (grain.GetPrimaryKey(out var known), known));
    }

    [Fact]
    public async Task Either_part_of_the_key_tells_grains_apart()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<INumberedGrain>(1, "a");
        Assert.Equal(grain, runtime.Grains.GetGrain<INumberedGrain>(1, "a"));
        Assert.NotEqual(grain, runtime.Grains.GetGrain<INumberedGrain>(2, "a"));
        Assert.NotEqual(grain, runtime.Grains.GetGrain<INumberedGrain>(1, "b"));
    }
}
