using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Storage;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public sealed class StorageTests
{
    [Fact]
    public async Task Written_state_is_there_before_the_next_activation_starts()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IStorageGrain>("a");
        Assert.False(await grain.ExistsAsync().Soon());
        await grain.AddAsync(5).Soon();
        await grain.LeaveAsync().Soon();
        Assert.Equal(5, await grain.ValueAsync().Soon());
        Assert.True(await grain.ExistsAsync().Soon());
    }

    [Fact]
    public async Task State_that_was_not_written_is_lost_with_the_activation()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IStorageGrain>("a");
        await grain.AddAsync(5).Soon();
        await grain.AddWithoutWritingAsync(7).Soon();
        await grain.LeaveAsync().Soon();
        Assert.Equal(5, await grain.ValueAsync().Soon());
    }

    [Fact]
    public async Task Cleared_state_is_gone()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IStorageGrain>("a");
        await grain.AddAsync(5).Soon();
        await grain.ClearAsync().Soon();
        Assert.False(await grain.ExistsAsync().Soon());
        Assert.Equal(3, await grain.AddAsync(3).Soon());
    }

    [Fact]
    public async Task A_write_over_a_newer_version_fails_and_the_next_activation_reads_that_version()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IStorageGrain>("a");
        await grain.AddAsync(1).Soon();
        var storage = runtime.Services.GetRequiredService<IGrainStorage>();
        var state = new GrainState<Counts>(new Counts());
        await storage.ReadStateAsync("counts", grain.GetGrainId(), state);
        state.State!.Value = 100;
        await storage.WriteStateAsync("counts", grain.GetGrainId(), state);
        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.AddAsync(1).Soon());
        Assert.Equal(101, await grain.AddAsync(1).Soon());
    }

    [Fact]
    public async Task Reading_again_brings_back_what_is_stored()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IStorageGrain>("a");
        await grain.AddAsync(5).Soon();
        Assert.Equal(5, await grain.ReadAgainAsync().Soon());
    }

    [Fact]
    public async Task A_stale_version_can_neither_be_cleared_nor_written_and_changes_nothing()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IStorageGrain>("a");
        await grain.AddAsync(1).Soon();
        var storage = runtime.Services.GetRequiredService<IGrainStorage>();
        var stale = new GrainState<Counts> { State = new Counts { Value = 100 }, ETag = "stale" };
        var error = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("counts", grain.GetGrainId(), stale));
        Assert.Equal("stale", error.CurrentEtag);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("counts", grain.GetGrainId(), stale));
        Assert.Equal(1, await grain.ReadAgainAsync().Soon());
    }

    [Fact]
    public async Task States_of_the_same_type_are_told_apart_by_name()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        Assert.True(await runtime.Grains.GetGrain<IStorageGrain>("a").HasTwoStatesAsync().Soon());
    }

    [Fact]
    public async Task A_storage_that_is_not_registered_is_named_in_the_error()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var error = await Assert.ThrowsAnyAsync<Exception>(() => runtime.Grains.GetGrain<ILostStorageGrain>("a").PingAsync().Soon());
        Assert.Contains("nowhere", error.ToString(), StringComparison.Ordinal);
    }
}
