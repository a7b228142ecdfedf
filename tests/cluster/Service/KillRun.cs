using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>
/// Kills a trading service again and again while its owner pays in; every payment that was acknowledged must be in the journal once, no fact
/// may be lost that was shown, and the snapshot must say what the facts say.
/// </summary>
public sealed class KillRun : IDisposable
{
    private const string Account = "paper-synthetic";

    private static readonly string[] Settings = ["--Market:Source=synthetic", "--Market:Speed=500", "--Account:Strategy=sma-cross", "--Account:Cash=100000"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");
    private readonly HttpClient _client = new();
    private readonly HashSet<decimal> _acknowledged = [];
    private decimal _next = 1;
    private long _shown;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string State => Path.Combine(_folder.FullName, "state");

    [Fact]
    public Task What_was_acknowledged_survives_every_kill_once() => SurvivesAsync(new KilledStore.Files(), kills: 3);

    [Fact]
    public async Task So_it_does_in_PostgreSQL_when_service_and_server_are_killed_in_turn()
    {
        using var store = await KilledStore.Postgres.StartAsync();
        await SurvivesAsync(store, kills: 4);
    }

    /// <summary>Started by <c>scripts/kill-test</c>.</summary>
    [Fact(Explicit = true)]
    public async Task Kills()
    {
        using var postgres = string.Equals(Environment.GetEnvironmentVariable("KILL_STORE"), "postgres", StringComparison.Ordinal) ? await KilledStore.Postgres.StartAsync() : null;
        var outcome = await RunAsync(postgres ?? (KilledStore)new KilledStore.Files(), Number("KILL_KILLS"), new Random(Number("KILL_SEED")));
        var file = Environment.GetEnvironmentVariable("KILL_OUT") ?? throw new InvalidOperationException("KILL_OUT names no file; use scripts/kill-test.");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(outcome, JsonSerializerOptions.Web) + Environment.NewLine, Cancellation);
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task SurvivesAsync(KilledStore store, int kills)
    {
        var outcome = await RunAsync(store, kills, new Random(1));
        Assert.Equal((0, 0L, 0, 0), (outcome.Missing, outcome.Vanished, outcome.Doubled, outcome.LedgerDifferences));
        Assert.True(outcome.Acknowledged > kills, "too few payments to prove anything");
    }

    private async Task<Outcome> RunAsync(KilledStore store, int kills, Random random)
    {
        var (missing, vanished, doubled, differences) = (0, 0L, 0, 0);
        for (var kill = 1; kill <= kills; kill++)
        {
            await using (var service = await ServiceProcess.StartAsync(_folder.FullName, [.. Settings, .. store.Settings]))
            {
                // The last payment is under way when the process, or the server, goes.
                for (var payments = random.Next(1, 12); payments > 0; payments--) await PayAsync(service);
                var last = PayAsync(service);
                await PauseAsync(service, last, random.Next(8));
                if (kill % 2 == 0 && store.Crash())
                {
                    await last;
                    for (var payments = random.Next(1, 6); payments > 0; payments--) await PayAsync(service);
                    // Half of the services see the server come back.
                    if (random.Next(2) == 0) store.Restore();
                    last = PayAsync(service);
                    await PauseAsync(service, last, random.Next(100));
                }

                await service.KillAsync();
                await last;
            }

            store.Restore();
            var facts = await store.FactsAsync(new StateLayout(State), Account, Cancellation);
            var booked = facts.Where(fact => fact.Kind == FactKind.FundsMoved).GroupBy(fact => fact.Amount).ToDictionary(group => group.Key, group => group.Count());
            missing += _acknowledged.Count(amount => !booked.ContainsKey(amount));
            vanished += Math.Max(0, _shown - facts.Count);
            doubled += booked.Count(pair => pair.Value > 1);
            differences += (await store.RebuildAsync(new StateLayout(State), Account, Cancellation)).Differences.Count;
        }

        return new Outcome(kills, _acknowledged.Count, missing, vanished, doubled, differences);
    }

    /// <summary>Lets a payment go on for as long as some questions take.</summary>
    private async Task PauseAsync(ServiceProcess service, Task payment, int questions)
    {
        for (; questions > 0 && !payment.IsCompleted; questions--)
        {
            using var answer = await _client.GetAsync(new Uri($"{service.Url}/api/v1/status"), Cancellation);
        }
    }

    /// <summary>Pays in an amount that was never paid before, so that it can be told from all others.</summary>
    private async Task PayAsync(ServiceProcess service)
    {
        var amount = _next += 0.01m;
        try
        {
            var answer = await _client.PostAsJsonAsync(new Uri($"{service.Url}/api/v1/funds/deposit"), new { amount }, Cancellation);
            if (answer.StatusCode != HttpStatusCode.OK) return;
            _acknowledged.Add(amount);
            var portfolio = await _client.GetFromJsonAsync<JsonElement>(new Uri($"{service.Url}/api/v1/portfolio"), Cancellation);
            _shown = Math.Max(_shown, portfolio.GetProperty("sequence").GetInt64());
        }
        catch (HttpRequestException)
        {
            // Killed meanwhile: nobody knows whether it was booked, and both are right.
        }
    }

    private static int Number(string name) => int.Parse(Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set; use scripts/kill-test."), CultureInfo.InvariantCulture);

    private sealed record Outcome(int Kills, int Acknowledged, int Missing, long Vanished, int Doubled, int LedgerDifferences);
}
