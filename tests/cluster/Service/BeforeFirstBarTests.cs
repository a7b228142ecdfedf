using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>A service whose market has not closed a bar yet.</summary>
public sealed class BeforeFirstBarTests : IDisposable
{
    private static readonly string[] Lists = ["status", "portfolio", "symbols", "positions", "orders", "notices", "decisions", "performance", "risk", "risk/history", "journal", "fills", "trades"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_moment_that_is_not_known_yet_is_null_and_the_account_was_opened_now()
    {
        await using var exchange = await RehearsalAccount.OpenAsync(_folder.FullName, "1d", ["BTCUSDT"], change: null);
        var begin = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1);
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, [exchange.Key], exchange.Settings);
        using var http = new HttpClient { BaseAddress = new Uri($"{service.Url}/api/v1/") };
        using (var paid = await http.PostAsJsonAsync("funds/deposit", new { amount = 50 }, Cancellation)) paid.EnsureSuccessStatusCode();

        foreach (var list in Lists)
        {
            var text = await http.GetStringAsync(list, Cancellation);
            Assert.DoesNotContain("\"0001-", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"1970-", text, StringComparison.Ordinal);
        }

        var status = await http.GetFromJsonAsync<JsonElement>("status", Cancellation);
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (status.GetProperty("stepTime").ValueKind, status.GetProperty("strategy").GetProperty("stepTime").ValueKind));
        var notices = (await http.GetFromJsonAsync<JsonElement[]>("notices", Cancellation))!;
        Assert.InRange(notices[0].GetProperty("time").GetDateTime(), begin, begin.AddMinutes(10));
        Assert.Equal(("50 was paid in.", JsonValueKind.Null), (notices[^1].GetProperty("text").GetString(), notices[^1].GetProperty("time").ValueKind));
        // It belongs to no day of the market.
        var performance = await http.GetFromJsonAsync<JsonElement>("performance", Cancellation);
        Assert.Equal((10_050m, 0), (performance.GetProperty("paid").GetDecimal(), performance.GetProperty("days").GetArrayLength()));

        var (_, output, _) = await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, "journal", "list", "--kind", "FundsMoved");
        Assert.Matches("^ +[0-9]+ - +FundsMoved ", output[0]);
    }
}
