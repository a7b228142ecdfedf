using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OrleansTrader.Cluster.Tests.Service;
using Xunit;

namespace OrleansTrader.Browser.Tests;

/// <summary>Whose money is traded is the first thing that the page says, and real money is armed by typing.</summary>
public class LiveTests
{
    [Fact]
    public async Task Real_money_is_named_on_top_and_armed_by_typing_the_name_of_the_account()
    {
        await using var scene = await Scene.OpenAsync("live");
        var (page, name) = (scene.Page, $"live-{scene.Exchange.Place}");
        await Assertions.Expect(page.Locator("#banner-word")).ToHaveTextAsync("LIVE: real money");
        await Assertions.Expect(page.Locator("#banner-text")).ToContainTextAsync("not armed: nothing is bought");
        await Assertions.Expect(page.Locator("#run-meaning")).ToContainTextAsync("Buys nothing with real money until you arm it.");
        await Assertions.Expect(page.Locator("#funds-open")).ToBeHiddenAsync();
        await scene.PictureAsync("live");

        await page.Locator("#arm").ClickAsync();
        await Assertions.Expect(page.Locator("#confirm-arm")).ToContainTextAsync("For the first 24 hours no entry costs more than 50.00.");
        await Assertions.Expect(page.Locator("#arm-account")).ToHaveTextAsync(name);
        await page.Locator("#arm-name").FillAsync(name.ToUpperInvariant());
        await Assertions.Expect(page.Locator("#arm-yes")).ToBeDisabledAsync();
        await page.Locator("#arm-name").FillAsync(name);
        await scene.PictureAsync("arming");
        await page.Locator("#arm-yes").ClickAsync();
        await Assertions.Expect(page.Locator("#confirm-arm")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#banner-text")).ToContainTextAsync("ARMED by local user");
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
        await Assertions.Expect(scene.Page.Locator("#banner-word")).ToHaveTextAsync("BINANCE · DRY RUN");
        await Assertions.Expect(scene.Page.Locator("#banner-text")).ToContainTextAsync("the account is real, and no order is sent");
        await Assertions.Expect(scene.Page.Locator("#arm")).ToBeHiddenAsync();
        await scene.PictureAsync("dry-run");
        Assert.Empty(scene.Problems);
    }

    [Fact]
    public async Task What_account_and_exchange_differ_in_is_told_where_it_says_what_stands_in_the_way()
    {
        await using var scene = await Scene.OpenAsync("live");
        var page = scene.Page;
        await Assertions.Expect(page.Locator("#banner-word")).ToHaveTextAsync("LIVE: real money");
        await Assertions.Expect(page.Locator("#strategy-problem")).ToBeHiddenAsync();

        await ShowAsync("""{"isReady":true,"queued":0,"unanswered":0,"isSettled":false,"differences":"The exchange has 1.5 BTC and the account 1.","foreignOrders":2}""");
        await Assertions.Expect(page.Locator("#strategy-problem")).ToHaveTextAsync(
            "Nothing is traded until account and exchange agree. The exchange has 1.5 BTC and the account 1. 2 orders that rest at the exchange are none of this account's and are left alone.");
        await scene.PictureAsync("differs");

        await ShowAsync("""{"isReady":true,"queued":0,"unanswered":0,"isSettled":true,"differences":"The exchange has 1.5 BTC and the account 1.","foreignOrders":0}""");
        await Assertions.Expect(page.Locator("#strategy-problem")).ToHaveTextAsync("Account and exchange differ: The exchange has 1.5 BTC and the account 1.");
        Assert.Empty(scene.Problems);

        async Task ShowAsync(string exchange)
        {
            await page.UnrouteAllAsync();
            // What the exchange would have to do for it is not for a page to try; the updates would bring the truth again.
            await page.RouteAsync("**/api/v1/events?*", route => route.AbortAsync());
            await page.RouteAsync("**/api/v1/status", async route =>
            {
                var answer = await route.FetchAsync();
                var status = JsonNode.Parse(await answer.TextAsync())!;
                status["exchange"] = JsonNode.Parse(exchange);
                await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = status.ToJsonString() });
            });
            await page.ReloadAsync();
        }
    }

    /// <summary>A page of a service whose account is at the exchange to rehearse at.</summary>
    private sealed class Scene(RehearsalAccount exchange, ServiceProcess service, IPlaywright playwright, IBrowser browser, IPage page, DirectoryInfo folder) : IAsyncDisposable
    {
        public RehearsalAccount Exchange => exchange;

        public IPage Page => page;

        public List<string> Problems { get; } = [];

        public static async Task<Scene> OpenAsync(string mode)
        {
            var path = Chromium.PathOrSkip();
            Assertions.SetDefaultExpectTimeout(30_000);
            var folder = Directory.CreateTempSubdirectory("trader-");
            var exchange = await RehearsalAccount.OpenAsync(folder.FullName);
            var service = await ServiceProcess.StartAsync(folder.FullName, [exchange.Key], [$"--Account:Mode={mode}", .. exchange.Settings]);
            var playwright = await Playwright.CreateAsync();
            var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Chromium.Arguments });
            var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
            var scene = new Scene(exchange, service, playwright, browser, page, folder);
            page.PageError += (_, error) => scene.Problems.Add($"script: {error}");
            page.Response += (_, response) =>
            {
                if (response.Status >= 400) scene.Problems.Add($"answer: {response.Status} {response.Url}");
            };
            await page.GotoAsync(service.Url);
            return scene;
        }

        /// <summary>Takes a picture where somebody wants to look at it.</summary>
        public Task PictureAsync(string name) => Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } pictures
            ? page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(pictures, $"{name}.png") })
            : Task.CompletedTask;

        public async ValueTask DisposeAsync()
        {
            await browser.DisposeAsync();
            playwright.Dispose();
            await service.DisposeAsync();
            await exchange.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }
}
