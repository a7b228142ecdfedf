using Microsoft.Playwright;
using OrleansTrader.Cluster.Tests.Service;
using OrleansTrader.Silo.Access;

namespace OrleansTrader.Browser.Tests;

/// <summary>A page of a service that a test has started.</summary>
internal sealed class Scene : IAsyncDisposable
{
    /// <summary>What sticks out of the window to a side, but for what can be scrolled to or is cut off on purpose.</summary>
    private const string SticksOut = """
        () => {
          const isKept = element => { for (let box = element.parentElement; box; box = box.parentElement) if (box !== document.body && getComputedStyle(box).overflowX !== 'visible') return true; return false; };
          const width = document.documentElement.clientWidth;
          const name = element => `${element.tagName.toLowerCase()}${element.id ? '#' + element.id : ''}.${element.className}: ${(element.textContent ?? '').trim().slice(0, 30)}`;
          const found = [...document.body.querySelectorAll('*')].filter(element => {
            const { left, right, width: own, height } = element.getBoundingClientRect();
            return own > 0 && height > 0 && (right > width + 1 || left < -1) && !isKept(element);
          }).map(name);
          return document.documentElement.scrollWidth > width ? ['the page itself', ...found] : found;
        }
        """;

    /// <summary>Boxes whose content can only be seen by scrolling to a side.</summary>
    private const string Scrolls = """
        () => [...document.querySelectorAll('.list, #positions, #orders, #locks, #external-holdings')]
          .filter(box => box.clientWidth > 0 && box.scrollWidth > box.clientWidth + 1).map(box => `#${box.id} has ${box.scrollWidth} pixels in ${box.clientWidth}`)
        """;

    private readonly ServiceProcess _service;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly DirectoryInfo _folder;

    private Scene(RehearsalAccount? exchange, ServiceProcess service, IPlaywright playwright, IBrowser browser, IPage page, DirectoryInfo folder) =>
        (Exchange, _service, _playwright, _browser, Page, _folder) = (exchange, service, playwright, browser, page, folder);

    /// <summary>The one to rehearse at; null on paper.</summary>
    public RehearsalAccount? Exchange { get; }

    public IPage Page { get; }

    public string Url => _service.Url;

    /// <summary>What scripts and answers complained of.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Of a service whose account is at the exchange to rehearse at.</summary>
    public static async Task<Scene> OpenAsync(string mode, int width = 1440, int height = 900)
    {
        var path = Chromium.PathOrSkip();
        var folder = Directory.CreateTempSubdirectory("trader-");
        var exchange = await RehearsalAccount.OpenAsync(folder.FullName);
        var service = await ServiceProcess.StartAsync(folder.FullName, [exchange.Key], [$"--Account:Mode={mode}", .. exchange.Settings]);
        return await OpenAsync(path, exchange, service, folder, width, height);
    }

    /// <summary>Of a service that trades invented prices on paper.</summary>
    /// <param name="password">Null for a service without a login.</param>
    public static async Task<Scene> OpenOnPaperAsync(int width, int height, string? password, params string[] settings)
    {
        var path = Chromium.PathOrSkip();
        var folder = Directory.CreateTempSubdirectory("trader-");
        if (password is not null) await new CredentialStore(Path.Combine(folder.FullName, "state", "access.json"), TimeProvider.System).SetPasswordAsync(password);
        return await OpenAsync(path, exchange: null, await ServiceProcess.StartAsync(folder.FullName, ["--Market:Source=synthetic", .. settings]), folder, width, height);
    }

    /// <summary>What of the page does not fit into the width of its window; nothing where all does.</summary>
    public async Task<string[]> OverflowAsync() => [.. await Page.EvaluateAsync<string[]>(SticksOut), .. await Page.EvaluateAsync<string[]>(Scrolls)];

    /// <summary>Takes a picture where somebody wants to look at it.</summary>
    /// <param name="isWhole">The whole page, and not only what the window shows.</param>
    public Task PictureAsync(string name, bool isWhole = false) => Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } pictures
        ? Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(pictures, $"{name}.png"), FullPage = isWhole })
        : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _service.DisposeAsync();
        if (Exchange is not null) await Exchange.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<Scene> OpenAsync(string browserPath, RehearsalAccount? exchange, ServiceProcess service, DirectoryInfo folder, int width, int height)
    {
        // A deadline, not a wait: a busy machine takes its time.
        Assertions.SetDefaultExpectTimeout(30_000);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = browserPath, Args = Chromium.Arguments });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        var scene = new Scene(exchange, service, playwright, browser, page, folder);
        page.PageError += (_, error) => scene.Problems.Add($"script: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400) scene.Problems.Add($"answer: {response.Status} {response.Url}");
        };
        await page.GotoAsync(service.Url);
        return scene;
    }
}
