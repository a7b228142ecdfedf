using Microsoft.Playwright;
using OrleansTrader.Cluster.Tests.Service;
using OrleansTrader.Silo.Access;
using Xunit;

namespace OrleansTrader.Browser.Tests;

public class LoginTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Whoever_has_the_password_gets_from_the_login_to_the_dashboard_and_out_again()
    {
        var browserPath = Chromium.PathOrSkip();
        Assertions.SetDefaultExpectTimeout(30_000);
        var folder = Directory.CreateTempSubdirectory("trader-");
        await new CredentialStore(Path.Combine(folder.FullName, "state", "access.json"), TimeProvider.System).SetPasswordAsync(Password, TestContext.Current.CancellationToken);
        await using var service = await ServiceProcess.StartAsync(folder.FullName, "--Market:Source=synthetic");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = browserPath, Args = Chromium.Arguments });
        var page = await browser.NewPageAsync();

        await page.GotoAsync(service.Url);
        await Assertions.Expect(page).ToHaveURLAsync($"{service.Url}/login.html");
        await page.Locator("#password").FillAsync("a guess of somebody");
        await page.Locator("#send").ClickAsync();
        await Assertions.Expect(page.Locator("#problem")).ToHaveTextAsync("The password is wrong.");
        await page.Locator("#password").FillAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#banner-word")).ToHaveTextAsync("INVENTED PRICES · PAPER MONEY");
        Assert.Equal("", await page.EvaluateAsync<string>("document.cookie"));

        await page.Locator("#pause").ClickAsync();
        await Assertions.Expect(page.Locator("#run-word")).ToHaveTextAsync("paused");
        await Assertions.Expect(page.Locator("#notices")).ToContainTextAsync("owner from 127.0.0.1: POST /api/v1/pause.");
        await page.Locator("#logout").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync($"{service.Url}/login.html");
        await page.GotoAsync(service.Url);
        await Assertions.Expect(page).ToHaveURLAsync($"{service.Url}/login.html");
    }
}
