using System.Globalization;
using System.Xml.Linq;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary><c>trader regimes</c> as a user runs it.</summary>
public sealed class RegimesCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    [Theory]
    [InlineData("7m", "error: --interval is 7m; bars of 1h, as the file has them, do not make whole ones of it.")]
    [InlineData("x", "error: --interval is 'x'; it must be a whole number and s, m, h, d or w, such as 4h or 1d.")]
    [InlineData("4w", "error: There are too few bars for a picture: 0, and the first regime is told after 110.")]
    public async Task A_wrong_interval_is_answered_in_one_sentence(string interval, string expected)
    {
        Write(200);
        var (exitCode, output, errors) = await RunAsync("--interval", interval);
        Assert.Equal(expected, Assert.Single(errors));
        Assert.Empty(output);
        Assert.Equal(2, exitCode);
        Assert.False(File.Exists(PathOf("o.svg")));
    }

    [Theory]
    [InlineData(1, 3_600_000, "4h", "error: --interval needs two bars at least: of fewer nobody can tell how long they are.")]
    [InlineData(200, 500, "4h", "error: --interval cannot be made of bars that are 0.5 s apart; it takes whole seconds.")]
    [InlineData(200, 604_800_000, "1d", "error: --interval is 1d; bars of 1w, as the file has them, do not make whole ones of it.")]
    [InlineData(200, 345_600_000, "1w", "error: --interval is 1w; bars of 4d, as the file has them, do not make whole ones of it.")]
    public async Task Bars_that_make_no_longer_ones_are_answered_in_one_sentence(int bars, long milliseconds, string interval, string expected)
    {
        Write(bars, milliseconds);
        var (exitCode, _, errors) = await RunAsync("--interval", interval);
        Assert.Equal(expected, Assert.Single(errors));
        Assert.Equal(2, exitCode);
        Assert.False(File.Exists(PathOf("o.svg")));
    }

    [Fact]
    public async Task Weekly_bars_make_bars_of_two_weeks()
    {
        Write(400, 604_800_000);
        var (exitCode, _, errors) = await RunAsync("--interval", "2w");
        Assert.Equal(0, exitCode);
        // The first week ends a pair of which the beginning was not seen, and the last one begins a pair that has not closed.
        Assert.StartsWith("199 bars, ", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_picture_has_a_band_for_each_stretch_and_a_point_for_each_bar()
    {
        Write(1_200);
        var (exitCode, _, errors) = await RunAsync("--interval", "4h");
        Assert.Equal(0, exitCode);
        Assert.StartsWith("300 bars, ", Assert.Single(errors), StringComparison.Ordinal);

        XNamespace svg = "http://www.w3.org/2000/svg";
        var picture = XDocument.Load(PathOf("o.svg")).Root!;
        Assert.Equal(300, picture.Element(svg + "polyline")!.Attribute("points")!.Value.Split(' ').Length);
        // The price only climbs: after the warm-up there is one band, beside the ground and five in the legend.
        Assert.Equal(7, picture.Elements(svg + "rect").Count());
        Assert.Contains(picture.Elements(svg + "text"), text => string.Equals(text.Value, "trending up 100 %", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(params string[] arguments) =>
        ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, ["regimes", "--file", "k.csv", "--out", "o.svg", .. arguments]);

    // Bars from Monday 2023-01-02 on that climb by a thousandth each, hourly ones if nothing is said.
    private void Write(int count, long milliseconds = 3_600_000)
    {
        var first = new DateTimeOffset(2023, 1, 2, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        File.WriteAllLines(PathOf("k.csv"), Enumerable.Range(0, count).Select(i =>
        {
            var (open, close) = (100 * Math.Pow(1.001, i), 100 * Math.Pow(1.001, i + 1));
            return string.Create(CultureInfo.InvariantCulture, $"{first + (i * milliseconds)},{open:0.0000},{close:0.0000},{open:0.0000},{close:0.0000},5");
        }).Prepend("open_time,open,high,low,close,volume"));
    }
}
