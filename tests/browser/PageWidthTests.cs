using Microsoft.Playwright;
using Xunit;

namespace OrleansTrader.Browser.Tests;

/// <summary>Nothing of a page lies beside its window, on a phone and on a screen, nor has to be scrolled to sideways.</summary>
public class PageWidthTests
{
    private static readonly string[] Busy =
    [
        "--Market:Speed=100", "--Risk:Preset=careful", "--Risk:StopGuardStops=1", "--Risk:MaxOpenPositions=4", "--Account:Strategy=trend", "--Account:Parameters:Fast=3", "--Account:Parameters:Slow=8",
    ];

    [Theory]
    [InlineData(390, 844)]
    [InlineData(1280, 800)]
    public async Task A_trading_account_and_its_dialogs_fit(int width, int height)
    {
        await using var scene = await Scene.OpenOnPaperAsync(width, height, password: null, Busy);
        var page = scene.Page;
        await Assertions.Expect(page.Locator("#trades tbody tr").First).ToBeAttachedAsync();
        await Assertions.Expect(page.Locator("#locks tbody tr").First).ToBeAttachedAsync();
        await Assertions.Expect(page.Locator("#positions tbody tr").First).ToBeAttachedAsync();
        await FitsAsync(scene, $"trading-{width}");

        foreach (var (button, dialog) in new[] { ("#stop", "#confirm-stop"), ("#rebalance-open", "#rebalance"), ("#funds-open", "#funds"), ("#kill", "#confirm-kill") })
        {
            await page.Locator(button).ClickAsync();
            await Assertions.Expect(page.Locator(dialog)).ToBeVisibleAsync();
            await FitsAsync(scene, $"{dialog[1..]}-{width}");
            if (button is not "#kill") await page.Locator($"{dialog} [data-bs-dismiss]").First.ClickAsync();
        }

        await page.Locator("#confirm-kill-yes").ClickAsync();
        await Assertions.Expect(page.Locator("#run-word")).ToHaveTextAsync("kill switch pulled");
        await Assertions.Expect(page.Locator("#kill")).ToHaveTextAsync("Release");
        await FitsAsync(scene, $"killed-{width}");
        Assert.Empty(scene.Problems);
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(1280, 800)]
    public async Task An_account_in_live_mode_and_its_arming_fit(int width, int height)
    {
        await using var scene = await Scene.OpenAsync("live", width, height);
        await Assertions.Expect(scene.Page.Locator("#entries-why")).ToContainTextAsync("The account stays disarmed");
        await FitsAsync(scene, $"live-{width}");
        await scene.Page.Locator("#arm").ClickAsync();
        await Assertions.Expect(scene.Page.Locator("#confirm-arm")).ToBeVisibleAsync();
        await FitsAsync(scene, $"arming-{width}");
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(1280, 800)]
    public async Task The_login_fits(int width, int height)
    {
        await using var scene = await Scene.OpenOnPaperAsync(width, height, "correct horse battery");
        await Assertions.Expect(scene.Page.Locator("#send")).ToBeVisibleAsync();
        await scene.Page.Locator("#password").FillAsync("a guess of somebody");
        await scene.Page.Locator("#send").ClickAsync();
        await Assertions.Expect(scene.Page.Locator("#problem")).ToBeVisibleAsync();
        await FitsAsync(scene, $"login-{width}");
    }

    private static async Task FitsAsync(Scene scene, string name)
    {
        await scene.PictureAsync(name, isWhole: true);
        var overflow = await scene.OverflowAsync();
        Assert.True(overflow.Length == 0, string.Join('\n', overflow));
    }
}
