using Orleans;
using Orleans.Runtime;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public sealed class IdentityTests
{
    [Fact]
    public async Task A_grain_knows_its_guid_also_without_the_base_class()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var guid = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e");
        var grain = runtime.Grains.GetGrain<IGuidGrain>(guid);
        Assert.Equal(guid, await grain.KeyAsync().Soon());
        Assert.Equal(guid, grain.GetPrimaryKey());
    }

    [Fact]
    public async Task The_kind_of_a_key_can_be_asked_for()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var numbered = runtime.Grains.GetGrain<IParcelGrain>(42);
        Assert.True(numbered.IsPrimaryKeyBasedOnLong());
        Assert.Equal(42, numbered.GetPrimaryKeyLong());
        var named = runtime.Grains.GetGrain<ICallGrain>("BTCUSDT");
        Assert.False(named.IsPrimaryKeyBasedOnLong());
        Assert.ThrowsAny<Exception>(() => named.GetPrimaryKeyLong());
        Assert.ThrowsAny<Exception>(() => named.GetPrimaryKey());
    }

    [Fact]
    public async Task The_type_of_the_interface_may_be_chosen_at_run_time()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grains = runtime.Grains;
        Assert.Equal("x", await ((ICallGrain)grains.GetGrain(typeof(ICallGrain), "a")).EchoAsync("x").Soon());
        Assert.Equal(grains.GetGrain<IParcelGrain>(7), grains.GetGrain(typeof(IParcelGrain), 7));
        var guid = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e");
        Assert.Equal(grains.GetGrain<IGuidGrain>(guid), grains.GetGrain(typeof(IGuidGrain), guid));
        Assert.Equal(grains.GetGrain<ICallGrain>("a"), grains.GetGrain<ICallGrain>(GrainId.Create("call", "a")));
    }

    [Fact]
    public async Task A_reference_can_be_turned_into_one_for_another_interface_of_the_grain()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var first = runtime.Grains.GetGrain<IFirstFaceGrain>("a");
        Assert.Equal("second", await first.AsReference<ISecondFaceGrain>().OtherFaceAsync().Soon());
        Assert.Equal("second", await first.Cast<ISecondFaceGrain>().OtherFaceAsync().Soon());
        Assert.Equal("second", await ((ISecondFaceGrain)first.Cast(typeof(ISecondFaceGrain))).OtherFaceAsync().Soon());
        var self = await first.SelfAsync().Soon();
        Assert.Equal(first, self);
        Assert.Equal("first", await self.FaceAsync().Soon());
    }

    [Fact]
    public async Task References_and_identities_compare_by_what_they_stand_for()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var (one, same, other) = (Reference("a"), Reference("a"), Reference("b"));
        Assert.True(one == same && one != other && !(one == other));
        Assert.Contains("call/a", one.ToString(), StringComparison.Ordinal);

        var id = GrainId.Create("call", "a");
        Assert.Equal(id, one.GrainId);
        Assert.True(id == one.GrainId && id != other.GrainId && id.Equals((object)one.GrainId) && !id.Equals("call/a"));
        Assert.True(id.Type == other.GrainId.Type && id.Type != GrainType.Create("step") && id.Type.Equals((object)other.GrainId.Type));
        Assert.True(id.Key == IdSpan.Create("a") && id.Key != IdSpan.Create("b") && id.Key.Equals((object)IdSpan.Create("a")));
        Assert.True(default(GrainId).IsDefault && !id.IsDefault && default(GrainType).IsDefault && default(IdSpan).IsDefault);
        Assert.Equal("a"u8.ToArray(), id.Key.Value.ToArray());
        Assert.Equal("call/a", id.ToString());

        GrainReference Reference(string key) => (GrainReference)runtime.Grains.GetGrain<ICallGrain>(key);
    }

#if !ORLEANS
    [Fact]
    public void An_identity_is_read_as_it_is_written() => Assert.Equal(GrainId.Create("call", "a"), GrainId.Parse("call/a"));

    [Fact]
    public async Task What_is_no_grain_is_named_in_the_error()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        IAddressable observer = new NewsObserver(runtime.Probe);
        Assert.Contains(nameof(NewsObserver), Assert.Throws<ArgumentException>(() => observer.GetGrainId()).Message, StringComparison.Ordinal);
        Assert.Contains(nameof(NewsObserver), Assert.Throws<ArgumentException>(() => observer.AsReference<INewsObserver>()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => default(IAddressable)!.GetGrainId());
        Assert.Throws<ArgumentNullException>(() => default(IAddressable)!.AsReference<INewsObserver>());
    }
#endif
}
