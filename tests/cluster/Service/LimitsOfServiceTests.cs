using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>Limits of a real process, set and read as a person's tools do.</summary>
public sealed class LimitsOfServiceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fresh_account_has_limits_and_what_its_owner_sets_survives_a_kill()
    {
        using var client = new HttpClient();
        await using (var first = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic"))
        {
            var limits = (await GetAsync(client, first, "risk")).GetProperty("limits");
            Assert.Equal(("balanced", 0.04), (limits.GetProperty("preset").GetString(), limits.GetProperty("maxDailyLoss").GetDouble()));

            Assert.Equal(HttpStatusCode.OK, await PutAsync(client, first, """{"maxDailyLoss": 0.03, "dailyLossReaction": "pause", "stopGuardPerSymbol": true}"""));
            foreach (var wrong in new[] { """{"maxDailyLoss": 3}""", """{"maxLoss": 0.1}""", "{}", "[1]", "nonsense", """{"maxDailyLoss": {}}""" })
                Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(client, first, wrong));
            using var foreign = Change(first, """{"preset": "none"}""");
            foreign.Headers.Add("Origin", "http://trader.example");
            Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(foreign, Cancellation)).StatusCode);
            await first.KillAsync();
        }

        await using var second = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic");
        var kept = (await GetAsync(client, second, "risk")).GetProperty("limits");
        Assert.Equal((0.03, "pause", true), (kept.GetProperty("maxDailyLoss").GetDouble(), kept.GetProperty("dailyLossReaction").GetString(), kept.GetProperty("stopGuardPerSymbol").GetBoolean()));
        var history = (await GetAsync(client, second, "risk/history")).EnumerateArray().ToList();
        Assert.Equal(["settings", "owner"], history.Select(change => change.GetProperty("by").GetString()), StringComparer.Ordinal);
        Assert.Equal(
            "The owner set MaxDailyLoss from 0.04 to 0.03, DailyLossReaction from Refuse to Pause, StopGuardPerSymbol from False to True.",
            history[1].GetProperty("text").GetString());
        Assert.Equal(4, (await GetAsync(client, second, "risk/presets")).GetArrayLength());
    }

    [Fact]
    public async Task Whoever_starts_an_account_is_told_what_still_keeps_it_from_buying()
    {
        const string Killed = "The kill switch stays pulled until you release it.";
        using var client = new HttpClient();
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic");
        Assert.Empty(TextsOf(await GetAsync(client, service, "status")));
        await PostAsync(client, service, "risk/kill");
        Assert.Single(LogLines(), line => line.EndsWith("[WRN] The kill switch is pulled: every position is left at the market, and none is opened.", StringComparison.Ordinal));
        await PostAsync(client, service, "pause");
        Assert.Equal([Killed, "The account stays paused until you start it."], TextsOf(await GetAsync(client, service, "status")));
        var answer = await PostAsync(client, service, "start");
        Assert.Equal([Killed], TextsOf(answer));
        Assert.Equal("The kill switch is pulled: everything is sold at the market, and nothing is bought until it is released.", answer.GetProperty("meaning").GetString());
        await PostAsync(client, service, "risk/release");
        Assert.Empty(TextsOf(await PostAsync(client, service, "start")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Of each day, while the service writes on.</summary>
    private IEnumerable<string> LogLines() => Directory.GetFiles(Path.Combine(_folder.FullName, "state", "logs")).SelectMany(path =>
    {
        using var log = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return log.ReadToEnd().Split('\n');
    });

    private static string[] TextsOf(JsonElement answer) => [.. answer.GetProperty("entryObstacles").EnumerateArray().Select(obstacle => obstacle.GetProperty("text").GetString()!)];

    private static async Task<JsonElement> PostAsync(HttpClient client, ServiceProcess service, string path)
    {
        using var answer = await client.PostAsync(new Uri($"{service.Url}/api/v1/{path}"), content: null, Cancellation);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    private static Task<JsonElement> GetAsync(HttpClient client, ServiceProcess service, string path) =>
        client.GetFromJsonAsync<JsonElement>(new Uri($"{service.Url}/api/v1/{path}"), Cancellation);

    private static async Task<HttpStatusCode> PutAsync(HttpClient client, ServiceProcess service, string body)
    {
        using var request = Change(service, body);
        return (await client.SendAsync(request, Cancellation)).StatusCode;
    }

    private static HttpRequestMessage Change(ServiceProcess service, string body) => new(HttpMethod.Put, new Uri($"{service.Url}/api/v1/risk/limits"))
    {
        Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
    };
}
