using Xunit;

namespace OrleansTrader.Browser.Tests;

/// <summary>The browser of the machine.</summary>
internal static class Chromium
{
    /// <summary>No sandbox, since the suite may run as root; and nothing that speaks to the outside.</summary>
    public static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>Skips the test where there is no browser; fails it where one is required.</summary>
    public static string PathOrSkip()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "/usr/bin/chromium";
        if (File.Exists(path)) return path;
        var reason = $"there is no browser at {path}; install Debian's chromium or set CHROMIUM_PATH";
        if (string.Equals(Environment.GetEnvironmentVariable("REQUIRE_SERVERS"), "1", StringComparison.Ordinal)) Assert.Fail(reason);
        Assert.Skip(reason);
        return path;
    }
}
