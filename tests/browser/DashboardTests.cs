using Microsoft.Playwright;
using OrleansTrader.Cluster.Tests.Service;
using Xunit;

namespace OrleansTrader.Browser.Tests;

public class DashboardTests
{
    private const string PlaceOnPage = "button => button.getBoundingClientRect().top + window.scrollY";

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task The_dashboard_shows_a_trading_account_without_an_error(int width, int height)
    {
        var browserPath = Chromium.PathOrSkip();
        // A deadline, not a wait: a busy machine takes its time.
        Assertions.SetDefaultExpectTimeout(30_000);
        var folder = Directory.CreateTempSubdirectory("trader-");
        await using var service = await ServiceProcess.StartAsync(folder.FullName, "--Market:Source=synthetic", "--Market:Speed=100");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = browserPath, Args = Chromium.Arguments });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        var problems = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") problems.Add($"console: {message.Text}");
        };
        page.PageError += (_, error) => problems.Add($"script: {error}");
        page.RequestFailed += (_, request) =>
        {
            // The page itself ends the stream of one symbol when another is chosen.
            var isOwnEnd = request.Url.Contains("/events?", StringComparison.Ordinal) && request.Failure is "net::ERR_ABORTED";
            if (!isOwnEnd) problems.Add($"request: {request.Url} {request.Failure}");
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400) problems.Add($"answer: {response.Status} {response.Url}");
        };

        try
        {
            await UseAsync(page, service.Url, isWide: width > 900);
        }
        catch (Exception error)
        {
            // What the page complained of is more to the point than what was not seen on it.
            throw new InvalidOperationException($"The page complained of: {(problems.Count == 0 ? "nothing" : string.Join("; ", problems))}", error);
        }

        Assert.Empty(problems);
    }

    private static async Task UseAsync(IPage page, string url, bool isWide)
    {
        await page.GotoAsync(url);
        await Assertions.Expect(page.Locator("#banner-word")).ToHaveTextAsync("INVENTED PRICES · PAPER MONEY");
        await Assertions.Expect(page.Locator("#chart canvas").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#library-missing")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#decisions details").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#trades tbody tr").First).ToBeAttachedAsync();

        // What a reader holds on to survives the updates that come meanwhile.
        // By mouse it is held down for longer than an update takes to come: no row may move away under it.
        var decision = page.Locator("#decisions summary").First;
        if (isWide) await decision.ClickAsync(new() { Delay = 700 });
        else await decision.PressAsync("Enter");
        var opened = await page.Locator("#decisions details[open]").GetAttributeAsync("data-sequence");
        await page.GetByRole(AriaRole.Tab, new() { Name = "ETHUSDT" }).ClickAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("#verdict")).ToContainTextAsync("SOLUSDT");
        var place = await page.Locator("#stop").EvaluateAsync<double>(PlaceOnPage);
        for (var updates = 0; updates < 3; updates++) await SeeNextStepAsync(page);
        Assert.Equal(place, await page.Locator("#stop").EvaluateAsync<double>(PlaceOnPage));
        await Assertions.Expect(page.GetByRole(AriaRole.Tab, new() { Name = "SOLUSDT" })).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator($"#decisions details[data-sequence='{opened}']")).ToHaveAttributeAsync("open", "");

        await page.Locator("#pause").ClickAsync();
        await Assertions.Expect(page.Locator("#run-word")).ToHaveTextAsync("paused");
        await Assertions.Expect(page.Locator("#run-meaning")).ToContainTextAsync("Opens no new positions");
        await page.Locator("#stop").ClickAsync();
        await Assertions.Expect(page.Locator("#confirm-stop")).ToContainTextAsync("does not close what is open");
        await page.Locator("#confirm-stop-yes").ClickAsync();
        await Assertions.Expect(page.Locator("#run-word")).ToHaveTextAsync("stopped");
        await page.Locator("#start").ClickAsync();
        await Assertions.Expect(page.Locator("#run-word")).ToHaveTextAsync("running");

        await page.GetByRole(AriaRole.Tab, new() { Name = "ETHUSDT" }).ClickAsync();
        await Assertions.Expect(page.Locator("#verdict")).ToContainTextAsync("ETHUSDT");
        await Assertions.Expect(page.Locator("#line")).ToHaveTextAsync("connected");
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"the page is {overflow} pixels wider than the screen");
    }

    private static async Task SeeNextStepAsync(IPage page)
    {
        var clock = page.Locator("#clock");
        await Assertions.Expect(clock).Not.ToHaveTextAsync(await clock.TextContentAsync() ?? "");
    }
}
