using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Silo;
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
    public async Task What_was_acknowledged_survives_every_kill_once()
    {
        var outcome = await RunAsync(kills: 3, new Random(1));
        Assert.Equal((0, 0, 0), (outcome.Missing, outcome.Doubled, outcome.LedgerDifferences));
        Assert.True(outcome.Acknowledged > 3, "too few payments to prove anything");
    }

    /// <summary>Started by <c>scripts/kill-test</c>.</summary>
    [Fact(Explicit = true)]
    public async Task Kills()
    {
        var outcome = await RunAsync(Number("KILL_KILLS"), new Random(Number("KILL_SEED")));
        var file = Environment.GetEnvironmentVariable("KILL_OUT") ?? throw new InvalidOperationException("KILL_OUT names no file; use scripts/kill-test.");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(outcome, JsonSerializerOptions.Web) + Environment.NewLine, Cancellation);
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<Outcome> RunAsync(int kills, Random random)
    {
        var (missing, doubled, differences) = (0, 0, 0);
        for (var kill = 1; kill <= kills; kill++)
        {
            await using (var service = await ServiceProcess.StartAsync(_folder.FullName, Settings))
            {
                // The last payment is under way when the process goes.
                for (var payments = random.Next(1, 12); payments > 0; payments--) await PayAsync(service);
                var last = PayAsync(service);
                await Task.WhenAny(last, Task.Delay(random.Next(20), Cancellation));
                await service.KillAsync();
                await last;
            }

            var facts = new JournalInspection(new StateLayout(State).Journal).Read(Account, Cancellation).SelectMany(batch => batch.Facts).ToList();
            var booked = facts.Where(fact => fact.Kind == FactKind.FundsMoved).GroupBy(fact => fact.Amount).ToDictionary(group => group.Key, group => group.Count());
            missing += _acknowledged.Count(amount => !booked.ContainsKey(amount)) + (facts.Count < _shown ? 1 : 0);
            doubled += booked.Count(pair => pair.Value > 1);
            differences += (await AccountRebuild.RunAsync(new StateLayout(State), new JournalInspection(new StateLayout(State).Journal), Account, cancellation: Cancellation)).Differences.Count;
        }

        return new Outcome(kills, _acknowledged.Count, missing, doubled, differences);
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

    private sealed record Outcome(int Kills, int Acknowledged, int Missing, int Doubled, int LedgerDifferences);
}
