using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrleansTrader.Cluster.Tests.Service;
using OrleansTrader.Core.Accounts;
using Xunit;

namespace OrleansTrader.Browser.Tests;

/// <summary>Whose money is traded is the first thing that the page says, and real money is armed by typing.</summary>
public class LiveTests
{
    [Fact]
    public async Task Real_money_is_named_on_top_and_armed_by_typing_the_name_of_the_account()
    {
        await using var scene = await Scene.OpenAsync("live");
        var (page, name) = (scene.Page, $"live-{scene.Exchange!.Place}");
        await Assertions.Expect(page.Locator("#banner-word")).ToHaveTextAsync($"REHEARSAL · live mode at {scene.Exchange!.Server.Address.Authority}");
        await Assertions.Expect(page.Locator("#banner-text")).ToContainTextAsync("play money, not armed: nothing is bought");
        await Assertions.Expect(page.Locator("#run-meaning")).ToContainTextAsync("Buys nothing with play money until you arm it.");
        await Assertions.Expect(page.Locator("#entries")).ToHaveTextAsync("No new positions now: The account stays disarmed until you arm it by its name.");
        await Assertions.Expect(page).ToHaveTitleAsync(new Regex("^REHEARSAL · ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Assertions.Expect(page.Locator("#funds-open")).ToBeHiddenAsync();
        await scene.PictureAsync("live");

        await page.Locator("#arm").ClickAsync();
        await Assertions.Expect(page.Locator("#confirm-arm-title")).ToHaveTextAsync("REHEARSAL: trade with play money?");
        await Assertions.Expect(page.Locator("#confirm-arm")).ToContainTextAsync("For the first 24 hours no entry costs more than 50.00.");
        await Assertions.Expect(page.Locator("#arm-account")).ToHaveTextAsync(name);
        await page.Locator("#arm-name").FillAsync(name.ToUpperInvariant());
        await Assertions.Expect(page.Locator("#arm-yes")).ToBeDisabledAsync();
        await page.Locator("#arm-name").FillAsync(name);
        await scene.PictureAsync("arming");
        await page.Locator("#arm-yes").ClickAsync();
        await Assertions.Expect(page.Locator("#confirm-arm")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#banner-text")).ToContainTextAsync("ARMED by local user");
        await Assertions.Expect(page.Locator("#entries")).ToHaveTextAsync("New positions: nothing stands in the way of the account as a whole.");
        await scene.PictureAsync("armed");

        await page.Locator("#arm").ClickAsync();
        await Assertions.Expect(page.Locator("#banner-text")).ToContainTextAsync("not armed");
        await Assertions.Expect(page.Locator("#notices")).ToContainTextAsync("local user has disarmed the account");
        Assert.Empty(scene.Problems);
    }

    [Fact]
    public async Task A_dry_run_is_named_as_one_and_has_nothing_to_arm()
    {
        await using var scene = await Scene.OpenAsync("dry-run");
        await Assertions.Expect(scene.Page.Locator("#banner-word")).ToHaveTextAsync($"REHEARSAL · DRY RUN at {scene.Exchange!.Server.Address.Authority}");
        await Assertions.Expect(scene.Page.Locator("#banner-text")).ToContainTextAsync("the account has play money, and no order is sent");
        await Assertions.Expect(scene.Page.Locator("#arm")).ToBeHiddenAsync();
        await scene.PictureAsync("dry-run");
        Assert.Empty(scene.Problems);
    }

    [Fact]
    public async Task What_account_and_exchange_differ_in_is_told_where_it_says_what_stands_in_the_way()
    {
        await using var scene = await Scene.OpenAsync("live");
        var page = scene.Page;
        await Assertions.Expect(page.Locator("#banner-word")).ToContainTextAsync("REHEARSAL");
        await Assertions.Expect(page.Locator("#strategy-problem")).ToBeHiddenAsync();

        await ShowAsync("""{"isReady":true,"queued":0,"unanswered":0,"isSettled":false,"differences":"The exchange has 1.5 BTC and the account 1.","foreignOrders":2}""");
        await Assertions.Expect(page.Locator("#strategy-problem")).ToHaveTextAsync(
            "Nothing is traded until account and exchange agree. The exchange has 1.5 BTC and the account 1. 2 orders that rest at the exchange are none of this account's and are left alone.");
        await scene.PictureAsync("differs");

        await ShowAsync("""{"isReady":true,"queued":0,"unanswered":0,"isSettled":true,"differences":"The exchange has 1.5 BTC and the account 1.","silence":"Nothing is heard.","foreignOrders":0}""");
        await Assertions.Expect(page.Locator("#strategy-problem")).ToHaveTextAsync("Account and exchange: The exchange has 1.5 BTC and the account 1. Nothing is heard.");
        Assert.Empty(scene.Problems);

        // What the exchange would have to do for it is not for a page to try.
        Task ShowAsync(string exchange) => PretendAsync(page, "status", status => status["exchange"] = JsonNode.Parse(exchange));
    }

    [Theory]
    [InlineData("""{"kind":"production","address":null}""", "LIVE: real money", "live", "Trade with real money?")]
    [InlineData("""{"kind":"production","address":"mirror.example"}""", "LIVE: real money at mirror.example", "live", "Trade with real money?")]
    [InlineData("""{"kind":"testnet","address":null}""", "TESTNET · live mode", "rehearsal", "TESTNET: trade with play money?")]
    [InlineData("""{"kind":"demo","address":null}""", "DEMO · live mode", "rehearsal", "DEMO: trade with play money?")]
    [InlineData("null", "LIVE: real money", "live", "Trade with real money?")]
    public async Task Whatever_is_not_known_to_be_play_money_is_told_as_real(string place, string word, string tone, string question)
    {
        await using var scene = await Scene.OpenAsync("live");
        await Assertions.Expect(scene.Page.Locator("#banner-word")).ToContainTextAsync("REHEARSAL");
        await PretendAsync(scene.Page, "status", status => status["place"] = JsonNode.Parse(place));
        await Assertions.Expect(scene.Page.Locator("#banner-word")).ToHaveTextAsync(word);
        await Assertions.Expect(scene.Page.Locator($"#banner.{tone}")).ToBeVisibleAsync();
        await scene.PictureAsync($"banner-{question[..4].ToLowerInvariant()}");
        await scene.Page.Locator("#arm").ClickAsync();
        await Assertions.Expect(scene.Page.Locator("#confirm-arm-title")).ToHaveTextAsync(question);
    }

    [Fact]
    public async Task The_seconds_without_a_confirmed_stop_say_what_they_count()
    {
        await using var scene = await Scene.OpenAsync("live");
        await Assertions.Expect(scene.Page.Locator("#banner-word")).ToContainTextAsync("REHEARSAL");
        const string Trade = """{"sequence":1,"symbol":"BTCUSDT","entryTime":"2026-01-01T00:00:00Z","exitTime":"2026-01-02T00:00:00Z","quantity":1,"entryPrice":100,"exitPrice":101,"fees":0,"pnl":1,"exit":"signal","unprotectedSeconds":73}""";
        await PretendAsync(scene.Page, "trades?*", trades => trades.AsArray().Add(JsonNode.Parse(Trade)));
        var told = scene.Page.Locator("#trades .explained");
        await Assertions.Expect(told).ToHaveTextAsync("stop unconfirmed for 73 s");
        await Assertions.Expect(told).ToHaveAttributeAsync("title", new Regex("asked to take the stop back.*goes on while the service is down", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Every_way_to_leave_a_position_has_a_word_of_its_own_at_the_chart()
    {
        await using var scene = await Scene.OpenAsync("dry-run");
        string[] exits = [.. Enum.GetNames<ExitReason>().Select(JsonNamingPolicy.CamelCase.ConvertName)];
        var words = await scene.Page.EvaluateAsync<string[]>("async exits => { const { markerOf } = await import('/js/charts.js'); return exits.map(exit => markerOf(exit).text); }", exits);
        Assert.Equal(
            ["buy", "signal", "stop", "target", "lost protection", "dust sold", "limit", "kill switch", "trailing stop", "break-even stop", "time stop", "part sold", "rebalance", "taken by its owner"], words);
    }

    /// <summary>Loads the page anew with an answer of the service changed, and without the updates, which would bring the truth again.</summary>
    private static async Task PretendAsync(IPage page, string path, Action<JsonNode> change)
    {
        await page.UnrouteAllAsync();
        await page.RouteAsync("**/api/v1/events?*", route => route.AbortAsync());
        await page.RouteAsync($"**/api/v1/{path}", async route =>
        {
            var answer = await route.FetchAsync();
            var told = JsonNode.Parse(await answer.TextAsync())!;
            change(told);
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = told.ToJsonString() });
        });
        await page.ReloadAsync();
    }
}
