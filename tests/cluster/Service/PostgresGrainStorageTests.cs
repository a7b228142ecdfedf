using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Tests.Postgres;
using OrleansTrader.Silo.Storage;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>Grain state in PostgreSQL: whoever does not know the stored version changes nothing.</summary>
public sealed class PostgresGrainStorageTests : IAsyncLifetime
{
    private static readonly GrainId Grain = GrainId.Create("portfolio", "paper");

    private PostgresServer _server = null!;
    private PostgresGrainStorage _storage = null!;

    public async ValueTask InitializeAsync()
    {
        _server = new PostgresServer(await PrivateServer.Shared.CreateDatabaseAsync());
        await SchemaMigration.ApplyAsync(_server, TestContext.Current.CancellationToken);
        _storage = new PostgresGrainStorage(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_was_written_is_read_with_its_version()
    {
        var written = await WriteAsync(1);
        var read = await ReadAsync();
        Assert.Equal((1, "1", true), (read.State!.Number, read.ETag, read.RecordExists));
        written.State = new Kept { Number = 2 };
        await _storage.WriteStateAsync("account", Grain, written);
        read = await ReadAsync();
        Assert.Equal((2, "2"), (read.State!.Number, read.ETag));
    }

    [Fact]
    public async Task A_state_that_nobody_wrote_does_not_exist()
    {
        var read = await ReadAsync();
        Assert.False(read.RecordExists);
        Assert.Null(read.ETag);
    }

    [Fact]
    public async Task Of_two_writers_that_know_the_same_version_one_wins()
    {
        await WriteAsync(1);
        var (one, other) = (await ReadAsync(), await ReadAsync());
        one.State = new Kept { Number = 2 };
        other.State = new Kept { Number = 3 };
        await _storage.WriteStateAsync("account", Grain, one);

        var refused = await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("account", Grain, other));
        Assert.Equal("The stored state has version 2, the writer knows 1.", refused.Message);
        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.ClearStateAsync("account", Grain, other));
        Assert.Equal(2, (await ReadAsync()).State!.Number);
    }

    [Fact]
    public async Task Who_believes_that_there_is_none_does_not_write_over_one()
    {
        await WriteAsync(1);
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(2));
        Assert.Equal(1, (await ReadAsync()).State!.Number);
    }

    [Fact]
    public async Task A_state_that_was_cleared_is_gone_and_can_begin_anew()
    {
        var written = await WriteAsync(1);
        await _storage.ClearStateAsync("account", Grain, written);
        Assert.False((await ReadAsync()).RecordExists);
        await _storage.WriteStateAsync("account", Grain, written);
        Assert.True((await ReadAsync()).RecordExists);
    }

    private async Task<GrainState<Kept>> WriteAsync(int number)
    {
        var state = new GrainState<Kept>(new Kept { Number = number });
        await _storage.WriteStateAsync("account", Grain, state);
        return state;
    }

    private async Task<GrainState<Kept>> ReadAsync()
    {
        var state = new GrainState<Kept>(new Kept());
        await _storage.ReadStateAsync("account", Grain, state);
        return state;
    }

    private sealed class Kept
    {
        public int Number { get; set; }
    }
}
