using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>The exchange takes a symbol off for good of which the account holds something.</summary>
public sealed class DelistedSymbolTests : IDisposable
{
    private const string Keeper = """
        public sealed class Keeper : BarStrategy
        {
            public static StrategyEntry Entry { get; } = new("keeper", "Buys and keeps.", [], _ => new Keeper());

            public override string Name => Entry.Name;

            protected override void Prepare(IndicatorSet indicators)
            {
            }

            protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => new(Direction.Long, 1, candle.Close * 0.8, candle.Close * 1.2);
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");
    private readonly HttpClient _http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_the_account_has_of_it_is_handed_to_its_owner_when_he_says_so_and_no_order_of_it_works_any_more()
    {
        await using var exchange = await RehearsalAccount.OpenAsync(_folder.FullName, "1s", ["BTCUSDT", "ETHUSDT"], change: null);
        _folder.CreateSubdirectory("strategies");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "strategies", "keeper.cs"), Keeper, Cancellation);
        string[] settings = ["--Account:Mode=live", "--Account:Strategy=keeper", "--Risk:Preset=none", .. exchange.Settings];
        string[] alone = [.. settings.Where(setting => !setting.StartsWith("--Market:Symbols", StringComparison.Ordinal)), "--Market:Symbols=ETHUSDT"];
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName, [exchange.Key], settings))
        {
            using (var armed = await _http.PostAsJsonAsync(new Uri($"{service.Url}/api/v1/arm"), new { confirm = exchange.LiveName }, Cancellation)) armed.EnsureSuccessStatusCode();
            await UntilAsync(service, "positions", positions => positions.EnumerateArray().Count(position => string.Equals(position.GetProperty("state").GetString(), "protected", StringComparison.Ordinal)) == 2);
            await service.KillAsync();
        }

        await RefuseAsync(exchange, alone, $"error: Account {exchange.LiveName} has a position or an open order in BTCUSDT, which nothing would protect, since the market has ETHUSDT only; bring its candles and name it in Market:Symbols, set Account:HandOver=BTCUSDT to have everything that it has of it where nobody trades it any more, or set Account:Name to open another account.");
        await RefuseAsync(exchange, [.. settings, "--Account:HandOver=ETHUSDT, btcusdt"], "error: Account:HandOver has ETHUSDT, which is traded; take it out there, or out of Market:Symbols.");
        await RefuseAsync(exchange, [.. settings, "--Account:HandOver=BTC/USDT"], "error: Account:HandOver is 'BTC/USDT'; it must be names of letters and digits separated by commas, such as BTCUSDT,ETHUSDT.");
        alone = [.. alone, "--Account:HandOver=btcusdt"];
        await RefuseAsync(exchange, alone, "error: Account:HandOver has BTCUSDT, of which an order still works at Binance; cancel it there first.");

        await exchange.ChangeAsync(HttpMethod.Delete, "symbols/BTCUSDT");
        await RefuseAsync(exchange, settings, "error: Binance has no symbol BTCUSDT; check Market:Symbols, and Account:HandOver for what was taken off for good.");
        string[]? first = null;
        for (var start = 0; start < 2; start++)
        {
            await using var service = await ServiceProcess.StartAsync(_folder.FullName, [exchange.Key], alone);
            Assert.Contains("Whatever the account had of BTCUSDT is its owner's now; Account:HandOver has nothing more to do.", service.Said, StringComparer.Ordinal);
            await UntilAsync(service, "status", status => status.GetProperty("exchange").GetProperty("isSettled").GetBoolean());
            Assert.Equal("ETHUSDT", Assert.Single((await AskAsync(service, "positions")).EnumerateArray()).GetProperty("symbol").GetString());
            Assert.All((await AskAsync(service, "orders")).EnumerateArray(), order => Assert.Equal("ETHUSDT", order.GetProperty("symbol").GetString()));
            var notices = (await AskAsync(service, "notices")).EnumerateArray().Select(notice => notice.GetProperty("text").GetString()!).ToArray();
            string[] moves = [.. notices.Where(text => text.Contains(" BTC, worth ", StringComparison.Ordinal))];
            // Dust is told apart, and the next start finds nothing more of it.
            Assert.InRange(moves.Length, 1, 2);
            Assert.All(moves, text => Assert.EndsWith(" was taken out of the account.", text, StringComparison.Ordinal));
            Assert.Equal(first ??= moves, moves);
            Assert.Equal("", (await AskAsync(service, "status")).GetProperty("exchange").GetProperty("differences").GetString());
            await service.KillAsync();
        }
    }

    private async Task RefuseAsync(RehearsalAccount exchange, string[] settings, string sentence)
    {
        var (exitCode, _, errors) = await ProgramRun.ToEndAsync(ProgramRun.Api, _folder.FullName, [.. settings, "--urls=http://127.0.0.1:0"], exchange.Key);
        Assert.Equal(sentence, Assert.Single(errors));
        Assert.Equal(2, exitCode);
    }

    private Task<JsonElement> AskAsync(ServiceProcess service, string what) => _http.GetFromJsonAsync<JsonElement>(new Uri($"{service.Url}/api/v1/{what}"), Cancellation);

    private async Task UntilAsync(ServiceProcess service, string what, Predicate<JsonElement> isSo)
    {
        var begin = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var seen = await AskAsync(service, what); !isSo(seen); seen = await AskAsync(service, what))
        {
            if (TimeProvider.System.GetElapsedTime(begin) > Patience) Assert.Fail($"{what} stays {seen}");
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }
}
