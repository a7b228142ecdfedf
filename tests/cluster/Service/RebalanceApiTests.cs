using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

public sealed class RebalanceApiTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");
    private readonly HttpClient _client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_brought_to_its_targets_as_the_preview_said()
    {
        // The moving averages of this strategy never cross within the run, so that nothing else trades.
        await using var service = await ServiceProcess.StartAsync(
            _folder.FullName, "--Market:Source=synthetic", "--Market:Symbols=BTCUSDT,ETHUSDT", "--Market:Speed=50", "--Account:Strategy=sma-cross", "--Account:Parameters:Slow=200", "--Risk:Preset=none", "--Risk:MaxPositionShare=1",
            "--Allocation:Targets:BTCUSDT=0.5", "--Allocation:Targets:ETHUSDT=0.3");
        JsonElement preview;
        do preview = await _client.GetFromJsonAsync<JsonElement>(Uri(service), Cancellation);
        while (!preview.GetProperty("wouldTrade").GetBoolean());
        Assert.Equal([0.5m, 0.3m], preview.GetProperty("legs").EnumerateArray().Select(leg => leg.GetProperty("target").GetDecimal()));
        Assert.Equal(HttpStatusCode.OK, (await _client.PostAsync(Uri(service), content: null, Cancellation)).StatusCode);

        // Bought with the next bar; from then on both lie near their targets.
        do preview = await _client.GetFromJsonAsync<JsonElement>(Uri(service), Cancellation);
        while (preview.GetProperty("wouldTrade").GetBoolean() || preview.GetProperty("legs")[1].GetProperty("value").GetDecimal() == 0);
        Assert.All(preview.GetProperty("legs").EnumerateArray(), leg =>
            Assert.InRange(leg.GetProperty("share").GetDecimal(), leg.GetProperty("target").GetDecimal() - 0.1m, leg.GetProperty("target").GetDecimal() + 0.1m));
    }

    [Fact]
    public async Task Without_targets_it_says_how_to_set_them()
    {
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic");
        var answer = await _client.PostAsync(Uri(service), content: null, Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("No symbol has a target; set Allocation:Targets:BTCUSDT=0.4 and start again.", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString());
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private static Uri Uri(ServiceProcess service) => new($"{service.Url}/api/v1/rebalance");
}
