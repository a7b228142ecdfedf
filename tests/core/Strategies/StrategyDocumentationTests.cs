using System.Globalization;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Tests.Architecture;
using Xunit;

namespace OrleansTrader.Core.Tests.Strategies;

/// <summary>The page of the strategies says what the catalogue says.</summary>
public class StrategyDocumentationTests
{
    private static string[] Sections => File.ReadAllText(Path.Combine(Repository.Root, "docs", "strategies.md")).Split("\n## ");

    public static TheoryData<string> Names => [.. StrategyCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_strategy_has_a_section_with_its_sentence_and_a_row_for_each_parameter(string name)
    {
        var entry = StrategyCatalog.Of(name);
        var section = Assert.Single(Sections, section => section.StartsWith(name + "\n", StringComparison.Ordinal));
        Assert.Contains(entry.Summary, section, StringComparison.Ordinal);
        Assert.Equal(entry.IsUnprotected, section.Contains("Unprotected by design", StringComparison.Ordinal));
        Assert.Equal(
            entry.Parameters.Select(parameter => string.Create(CultureInfo.InvariantCulture, $"| `{parameter.Name}` | {parameter.Default} | {parameter.Min} to {parameter.Max} | {parameter.Summary} |")),
            section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)),
            StringComparer.Ordinal);
    }
}
