using System.Globalization;
using OrleansTrader.Core.Patterns;
using OrleansTrader.Core.Tests.Architecture;
using Xunit;

namespace OrleansTrader.Core.Tests.Patterns;

/// <summary>The table of patterns in docs/indicators.md says what the catalog has.</summary>
public class PatternDocumentationTests
{
    [Fact]
    public void Every_pattern_has_a_row_with_its_first_bar() =>
        Assert.Equal(
            CandlePatternCatalog.All.Select(pattern => string.Create(CultureInfo.InvariantCulture, $"{pattern.Name} {pattern.WarmUp}")),
            Rows().Select(cells => $"{cells[1]} {cells[2]}"),
            StringComparer.Ordinal);

    [Fact]
    public void A_drawn_verdict_is_one_of_the_row()
    {
        var verdicts = Rows().ToDictionary(cells => cells[1], cells => cells[3].Split(", "), StringComparer.Ordinal);
        Assert.All(CandlePatternTests.Drawn, row =>
        {
            var (name, verdict, _) = row.Data;
            Assert.Contains(verdicts[name], text => text.StartsWith('±') ? int.Parse(text[1..], CultureInfo.InvariantCulture) == Math.Abs(verdict) : int.Parse(text, CultureInfo.InvariantCulture) == verdict);
        });
    }

    private static IEnumerable<string[]> Rows() =>
        File.ReadLines(Path.Combine(Repository.Root, "docs", "indicators.md"))
            .Where(line => line.StartsWith("| CDL", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries));
}
