using OrleansTrader.Adapters.Postgres;

namespace OrleansTrader.Adapters.Tests.Postgres;

public sealed class SchemaMigrationTests : IAsyncLifetime
{
    private string _connection = "";
    private PostgresServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connection = await PrivateServer.Shared.CreateDatabaseAsync();
        _server = new PostgresServer(_connection);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_empty_database_gets_the_schema_once()
    {
        Assert.Equal(SchemaScript.All.Count, await SchemaMigration.ApplyAsync(_server, Cancellation));
        Assert.Equal(0, await SchemaMigration.ApplyAsync(_server, Cancellation));
    }

    [Fact]
    public async Task Programs_that_start_at_the_same_time_apply_it_once_between_them()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SchemaMigration.ApplyAsync(_server, Cancellation), Cancellation)));
        Assert.Equal(SchemaScript.All.Count, applied.Sum());
    }

    [Fact]
    public async Task A_further_script_is_applied_to_a_schema_that_is_there()
    {
        await SchemaMigration.ApplyAsync(_server, Cancellation);
        Assert.Equal(1, await SchemaMigration.ApplyAsync(_server, [.. SchemaScript.All, Next("create table trader.further (id int)")], Cancellation));
    }

    [Fact]
    public async Task A_script_that_fails_leaves_the_version_before()
    {
        await SchemaMigration.ApplyAsync(_server, Cancellation);
        await Assert.ThrowsAsync<StoreException>(() => SchemaMigration.ApplyAsync(_server, [.. SchemaScript.All, Next("create table trader.further (id int); select 1 / 0")], Cancellation));
        Assert.Equal(0, await SchemaMigration.ApplyAsync(_server, Cancellation));
        await using var connection = await _server.OpenAsync(Cancellation);
        Assert.Null(await connection.ValueAsync("select to_regclass('trader.further')::text", Cancellation));
    }

    [Fact]
    public async Task A_schema_that_is_newer_than_the_program_stops_it()
    {
        await SchemaMigration.ApplyAsync(_server, [.. SchemaScript.All, Next("select 1")], Cancellation);
        var refused = await Assert.ThrowsAsync<StoreException>(() => SchemaMigration.ApplyAsync(_server, Cancellation));
        Assert.EndsWith($"has version {SchemaMigration.Newest + 1} of the schema, and this program knows {SchemaMigration.Newest} at the most; start the program that made it, or a newer one.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_was_changed_after_it_was_applied_stops_the_program()
    {
        await SchemaMigration.ApplyAsync(_server, Cancellation);
        var refused = await Assert.ThrowsAsync<StoreException>(() => SchemaMigration.ApplyAsync(_server, [SchemaScript.All[0] with { Checksum = "another" }, .. SchemaScript.All.Skip(1)], Cancellation));
        Assert.Contains("was given another 0001-", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_write_but_not_create_finds_the_schema_of_its_owner()
    {
        await SchemaMigration.ApplyAsync(_server, Cancellation);
        await using (var connection = await _server.OpenAsync(Cancellation))
        {
            await connection.RunAsync(
                """
                drop role if exists service; create role service login;
                grant usage on schema trader to service;
                grant select, insert on trader.journal to service; grant select, insert, update on trader.journal_head to service;
                grant select, insert, update, delete on trader.state, trader.reminder, trader.candle_file to service; grant select on trader.schema_version to service
                """, Cancellation);
        }

        using var place = new TemporaryFolder();
        await using var server = new PostgresServer(_connection.Replace("Username=trader", "Username=service", StringComparison.Ordinal));
        Assert.Equal(0, await SchemaMigration.ApplyAsync(server, Cancellation));
        await using (var journal = new PostgresJournal(server, new PostgresJournalOptions { KeyFile = place.File("key"), SpillFolder = place.File("spill") }))
            await journal.AppendAsync("paper-1", Journal.Batches.Fills(1, 1), Cancellation);
        await using var owner = await _server.OpenAsync(Cancellation);
        await owner.RunAsync("drop owned by service; drop role service", Cancellation);
    }

    [Theory]
    [InlineData("Host=db;Password=the-hidden-value;Pasword=x")]
    [InlineData("the-hidden-value")]
    [InlineData("Database=trader;Password=the-hidden-value")]
    [InlineData("Host=db;Port=the-hidden-value")]
    public void A_text_that_is_no_connection_string_is_refused_without_repeating_it(string text)
    {
        var refused = Assert.Throws<StoreException>(() => new PostgresServer(text));
        Assert.DoesNotContain("hidden", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains("Host=...;Database=...;Username=...", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_named_without_the_password()
    {
        await using var server = new PostgresServer("Host=127.0.0.1;Port=1;Username=trader;Database=trader;Password=the-hidden-value");
        var refused = await Assert.ThrowsAsync<StoreException>(() => SchemaMigration.ApplyAsync(server, Cancellation));
        Assert.StartsWith("PostgreSQL at 127.0.0.1:1, database trader cannot be reached: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", refused.ToString(), StringComparison.Ordinal);
    }

    private static SchemaScript Next(string text) => new(SchemaMigration.Newest + 1, "0099-next.sql", text, "checksum");
}
