using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using OrleansTrader.Adapters.Tests.Postgres;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>The service on PostgreSQL as its owner meets it: outages, two of them, and what the start refuses.</summary>
public sealed class PostgresServiceTests : IDisposable
{
    private const string Account = "paper-synthetic";

    private static readonly string[] Market = ["--Market:Source=synthetic", "--Market:Speed=50", "--Account:Strategy=sma-cross", "--Account:Cash=100000"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");
    private readonly HttpClient _client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string State => Path.Combine(_folder.FullName, "state");

    [Fact]
    public async Task While_the_server_is_away_entries_wait_everything_else_goes_on_and_all_of_it_is_there_afterwards()
    {
        using var server = PrivateServer.StartOwn();
        var connection = await server.CreateDatabaseAsync();
        await using (var service = await StartAsync(connection))
        {
            await PayAsync(service, 1);
            await UntilAsync(service, portfolio => portfolio.GetProperty("sequence").GetInt64() > 10);
            server.Crash();
            await UntilAsync(service, portfolio => portfolio.GetProperty("obstacle").GetString() is { } obstacle && obstacle.Contains("no position is opened until it is back", StringComparison.Ordinal));
            await PayAsync(service, 2);
            await RefusedAsync(service);
            Assert.True(File.Exists(Path.Combine(State, "spill", Account + ".spill")));
            server.Start();
            await UntilAsync(service, portfolio => portfolio.GetProperty("obstacle").ValueKind == JsonValueKind.Null);
            await PayAsync(service, 3);
            Assert.False(File.Exists(Path.Combine(State, "spill", Account + ".spill")));
            await service.KillAsync();
        }

        var (exitCode, output, _) = await CliAsync("journal", "verify", "--database", connection);
        Assert.Equal(0, exitCode);
        Assert.Matches($@"^{Account} is whole: \d+ facts? in \d+ turns?, \d+ bytes\.$", output[0]);
        Assert.StartsWith($"service.{Account} is whole: ", output[1], StringComparison.Ordinal);
        (exitCode, output, _) = await CliAsync("journal", "rebuild", "--database", connection);
        Assert.Equal(0, exitCode);
        // 0.01, 0.02 and 0.03 were paid in, each once.
        await using var data = new NpgsqlConnection(connection + ";Pooling=false");
        await data.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("select count(*) from trader.journal where convert_from(body, 'UTF8') like '%FundsMoved%'", data);
        Assert.Equal(3L, await command.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task A_start_in_the_middle_of_an_outage_is_refused_and_the_next_goes_on_with_what_was_written_beside()
    {
        using var server = PrivateServer.StartOwn();
        var connection = await server.CreateDatabaseAsync();
        long sequence;
        await using (var service = await StartAsync(connection))
        {
            server.Crash();
            await UntilAsync(service, portfolio => portfolio.GetProperty("obstacle").ValueKind == JsonValueKind.String);
            sequence = await PayAsync(service, 1);
            await service.KillAsync();
        }

        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, [.. SettingsOf(connection), "--urls=http://127.0.0.1:0"]);
        Assert.Equal(2, exitCode);
        Assert.Matches("^error: PostgreSQL at .+, database .+ cannot be reached: .+; start it, or mend ConnectionStrings:Trader.$", Assert.Single(lines));

        server.Start();
        var (code, _, errors) = await CliAsync("db", "export", "--database", connection, "--out", "back");
        Assert.Equal(2, code);
        Assert.Contains(".spill has facts that the database lacks", Assert.Single(errors), StringComparison.Ordinal);
        await using var next = await StartAsync(connection);
        await UntilAsync(next, portfolio => portfolio.GetProperty("sequence").GetInt64() >= sequence);
        Assert.False(File.Exists(Path.Combine(State, "spill", Account + ".spill")));
    }

    [Fact]
    public async Task A_start_on_a_database_that_was_made_anew_is_refused_instead_of_beginning_the_account_again()
    {
        var (first, second) = (await PrivateServer.Shared.CreateDatabaseAsync(), await PrivateServer.Shared.CreateDatabaseAsync());
        for (var start = 0; start < 2; start++)
        {
            await using var service = await StartAsync(first);
            await PayAsync(service, start + 1);
        }

        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, [.. SettingsOf(second), "--urls=http://127.0.0.1:0"]);
        Assert.Equal(2, exitCode);
        Assert.Matches($"^error: PostgreSQL at .+ has nothing of account {Account}, which was in a database at an earlier start: .+in-postgres\\.$", Assert.Single(lines));
        await using var again = await StartAsync(first);
    }

    [Fact]
    public async Task A_second_service_on_the_account_is_refused_and_one_that_lost_it_stops()
    {
        var connection = await PrivateServer.Shared.CreateDatabaseAsync();
        await using var first = await StartAsync(connection);
        var other = _folder.CreateSubdirectory("other");
        Directory.CreateDirectory(Path.Combine(other.FullName, "state", "journal"));
        File.Copy(Path.Combine(State, "journal", "journal.key"), Path.Combine(other.FullName, "state", "journal", "journal.key"));

        var (exitCode, lines) = await ServiceProcess.RefuseAsync(other.FullName, [.. SettingsOf(connection), "--urls=http://127.0.0.1:0"]);
        Assert.Equal(2, exitCode);
        Assert.Contains(lines, line => line.StartsWith($"error: Another service writes account {Account} in PostgreSQL at ", StringComparison.Ordinal));

        // The first one stands still, its connection ends, and another takes the account: as with a machine that is cut off and comes back.
        Signal(first, "STOP");
        await using (var data = new NpgsqlConnection(connection + ";Pooling=false"))
        {
            await data.OpenAsync(Cancellation);
            await using var command = new NpgsqlCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", data);
            await command.ExecuteScalarAsync(Cancellation);
        }

        await using var second = await ServiceProcess.StartAsync(other.FullName, SettingsOf(connection));
        await PayAsync(second, 1);
        Signal(first, "CONT");
        (exitCode, lines) = await first.EndAsync();
        Assert.Equal(2, exitCode);
        Assert.Contains(lines, line => line.Contains($"critical: PostgresJournal: Another service has taken account {Account}", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith($"error: Another service has taken account {Account}", StringComparison.Ordinal));
        await PayAsync(second, 2);
    }

    [Fact]
    public async Task Accounts_in_files_go_to_the_database_and_back_with_every_fact()
    {
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName, Market))
        {
            await PayAsync(service, 1);
            await UntilAsync(service, portfolio => portfolio.GetProperty("sequence").GetInt64() > 30);
            await service.KillAsync();
        }

        var connection = await PrivateServer.Shared.CreateDatabaseAsync();
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, [.. SettingsOf(connection), "--urls=http://127.0.0.1:0"]);
        Assert.Equal(2, exitCode);
        Assert.Contains($"Account {Account} is in the files of ", Assert.Single(lines), StringComparison.Ordinal);

        var before = await CliAsync("journal", "rebuild");
        var (code, output, errors) = await CliAsync("db", "import", "--database", connection);
        Assert.Equal((0, ""), (code, string.Join('\n', errors)));
        Assert.Matches($@"^{Account}: \d+ facts? in \d+ turns?, verified on both sides\.$", output[0]);
        (code, _, errors) = await CliAsync("db", "import", "--database", connection);
        Assert.Equal(2, code);
        Assert.Contains("has state already, and nothing is written over", Assert.Single(errors), StringComparison.Ordinal);
        (code, output, _) = await CliAsync("db", "status", "--database", connection);
        Assert.Equal(0, code);
        Assert.Contains(output, line => Regex.IsMatch(line, $@"^{Account}: \d+ facts? in \d+ turns?$", RegexOptions.None, TimeSpan.FromSeconds(1)));

        (code, output, errors) = await CliAsync("db", "export", "--database", connection, "--out", "back");
        Assert.Equal((0, ""), (code, string.Join('\n', errors)));
        Assert.Equal(before.Output, (await CliAsync("journal", "rebuild", "--state", "back")).Output);
        Assert.Equal(before.Output, (await CliAsync("journal", "rebuild", "--database", connection)).Output);
        Assert.Equal(FactsOf(State), FactsOf(Path.Combine(_folder.FullName, "back")));
        // The files are the past from the import on.
        (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, "--Market:Source=synthetic", "--urls=http://127.0.0.1:0");
        Assert.Equal(2, exitCode);
        Assert.Contains("and ConnectionStrings:Trader is not set; set it.", Assert.Single(lines), StringComparison.Ordinal);
        (code, _, errors) = await CliAsync("db", "export", "--database", connection, "--out", "back");
        Assert.Equal(2, code);
        Assert.Contains("already, and nothing is written over", Assert.Single(errors), StringComparison.Ordinal);

        // The service goes on from there, and from nowhere else.
        await using (var service = await StartAsync(connection)) await PayAsync(service, 2);
        (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, [.. Market, "--urls=http://127.0.0.1:0"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("and ConnectionStrings:Trader is not set", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_not_taken_for_accounts_that_are_in_a_database_and_what_is_sealed_stays_as_it_is()
    {
        const string Nowhere = "Host=127.0.0.1;Port=1;Database=trader";
        Directory.CreateDirectory(Path.Combine(State, "journal"));
        var seal = Path.Combine(State, "seal.json");
        await File.WriteAllTextAsync(seal, "kept", Cancellation);
        foreach (var command in (string[][])[["db", "import", "--database", Nowhere], ["journal", "rotate", "--seal", "--database", Nowhere]])
        {
            var (code, _, errors) = await CliAsync(command);
            Assert.Equal(2, code);
            Assert.Contains(command[0] is "db" ? "only plain state is taken to PostgreSQL" : "The journals are in PostgreSQL", Assert.Single(errors), StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(Path.Combine(State, "in-postgres"), "PostgreSQL at db", Cancellation);
        foreach (var command in (string[][])[["verify"], ["anchor"], ["rebuild"], ["list"], ["rotate"], ["rotate", "--seal"]])
        {
            var (code, _, errors) = await CliAsync(["journal", .. command]);
            Assert.Equal(2, code);
            Assert.Contains("are in PostgreSQL at db, and ConnectionStrings:Trader is not set", Assert.Single(errors), StringComparison.Ordinal);
        }

        Assert.Equal("kept", await File.ReadAllTextAsync(seal, Cancellation));
        Assert.Empty(Directory.GetFiles(Path.Combine(State, "journal")));
    }

    [Theory]
    [InlineData("--ConnectionStrings:Trader=Host=127.0.0.1;Port=1;Database=trader;Password=the-hidden-value", "PostgreSQL at 127.0.0.1:1, database trader cannot be reached")]
    [InlineData("--ConnectionStrings:Trader=Host=db;Pasword=the-hidden-value", "ConnectionStrings:Trader is no connection string of PostgreSQL")]
    [InlineData("--ConnectionStrings=Host=db;Password=the-hidden-value", "ConnectionStrings is set, but it is a group of settings; write ConnectionStrings:Trader.")]
    [InlineData("--ConnectionStrings:Tradr=Host=db;Password=the-hidden-value", "ConnectionStrings:Tradr is not a setting; ConnectionStrings has Trader.")]
    public async Task A_database_that_cannot_be_used_stops_the_start_and_no_password_is_shown_or_logged(string setting, string expected)
    {
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, [.. Market, setting, "--urls=http://127.0.0.1:0"]);
        Assert.Equal(2, exitCode);
        Assert.StartsWith($"error: {expected}", Assert.Single(lines), StringComparison.Ordinal);
        foreach (var file in _folder.GetFiles("*", SearchOption.AllDirectories)) Assert.DoesNotContain("hidden", await File.ReadAllTextAsync(file.FullName, Cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", lines[0], StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string[] SettingsOf(string connection) => [.. Market, $"--ConnectionStrings:Trader={connection}"];

    private static void Signal(ServiceProcess service, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", service.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static List<string> FactsOf(string state) =>
        [.. new Adapters.Journal.JournalInspection(Path.Combine(state, "journal")).Read(Account).Select(batch => JsonSerializer.Serialize(batch, Adapters.Journal.JournalJson.LineOptions))];

    private Task<ServiceProcess> StartAsync(string connection) => ServiceProcess.StartAsync(_folder.FullName, SettingsOf(connection));

    private Task<(int ExitCode, string[] Output, string[] Errors)> CliAsync(params string[] arguments) => ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, arguments);

    /// <returns>The number of the latest fact afterwards.</returns>
    private async Task<long> PayAsync(ServiceProcess service, int cents)
    {
        (await _client.PostAsJsonAsync(new Uri($"{service.Url}/api/v1/funds/deposit"), new { amount = cents / 100m }, Cancellation)).EnsureSuccessStatusCode();
        return (await _client.GetFromJsonAsync<JsonElement>(new Uri($"{service.Url}/api/v1/portfolio"), Cancellation)).GetProperty("sequence").GetInt64();
    }

    /// <summary>Waits for an entry that is refused since the server is away.</summary>
    private async Task RefusedAsync(ServiceProcess service)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await _client.GetStringAsync(new Uri($"{service.Url}/api/v1/decisions?kind=refused"), patience.Token)).Contains("the database of the journal is away", StringComparison.Ordinal))
        {
            // Each request is the pause.
        }
    }

    private async Task UntilAsync(ServiceProcess service, Predicate<JsonElement> isReached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isReached(await _client.GetFromJsonAsync<JsonElement>(new Uri($"{service.Url}/api/v1/portfolio"), patience.Token)))
        {
            // Each request is the pause: the service does its steps meanwhile.
        }
    }
}
