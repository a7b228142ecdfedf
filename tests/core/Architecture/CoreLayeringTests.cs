using System.Text.RegularExpressions;
using Xunit;

namespace OrleansTrader.Core.Tests.Architecture;

/// <summary>Inside the core, namespaces refer one way: nobody reaches up, so each folder can be read with what lies below it.</summary>
public partial class CoreLayeringTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Market"] = [],
        ["Indicators"] = ["Market"],
        ["Patterns"] = ["Market", "Indicators"],
        ["Regimes"] = ["Market", "Indicators"],
        ["Learning"] = ["Market", "Indicators", "Patterns", "Regimes"],
        ["Strategies"] = ["Market", "Indicators", "Patterns", "Regimes", "Learning"],
        ["Matching"] = ["Market"],
        ["Risk"] = ["Market", "Strategies"],
        ["Accounts"] = ["Market", "Regimes", "Strategies", "Risk", "Matching"],
        ["Backtesting"] = ["Market", "Indicators", "Strategies", "Matching", "Risk", "Accounts"],
        ["Ports"] = ["Market", "Accounts"],
    };

    public static TheoryData<string> Folders => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_namespace_refers_only_to_those_below_it(string folder)
    {
        var wrong = Directory.EnumerateFiles(Path.Combine(Repository.Root, "core", folder), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => References().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), To: match.Groups["folder"].Value)))
            .Where(reference => !string.Equals(reference.To, folder, StringComparison.Ordinal) && !Allowed[folder].Contains(reference.To, StringComparer.Ordinal));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_folder_of_the_core_has_its_place() =>
        Assert.Equal(
            Allowed.Keys.Order(StringComparer.Ordinal),
            Directory.EnumerateDirectories(Path.Combine(Repository.Root, "core")).Select(Path.GetFileName).Where(name => name is not ("obj" or "bin")).Order(StringComparer.Ordinal)!);

    [Fact]
    public void The_core_refers_to_the_base_library_only() =>
        Assert.All(typeof(Core.Market.Candle).Assembly.GetReferencedAssemblies(), reference =>
            Assert.True(reference.Name!.StartsWith("System.", StringComparison.Ordinal), reference.Name));

    [Fact]
    public void Only_the_risk_policy_makes_an_approved_order()
    {
        var makers = Directory.EnumerateFiles(Path.Combine(Repository.Root, "core"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("new ApprovedOrder(", StringComparison.Ordinal))
            .Select(Path.GetFileName);
        Assert.Equal("RiskPolicy.cs", Assert.Single(makers));
    }

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Assert.All(Directory.EnumerateFiles(Path.Combine(Repository.Root, "core"), "*.cs", SearchOption.AllDirectories), file =>
            Assert.True(File.ReadLines(file).Count() <= 400, file));

    [Fact]
    public void Every_public_type_of_the_core_says_what_it_is()
    {
        var documentation = File.ReadAllText(Path.ChangeExtension(typeof(Core.Market.Candle).Assembly.Location, ".xml"));
        Assert.All(typeof(Core.Market.Candle).Assembly.GetExportedTypes().Where(type => !type.IsNested), type =>
            Assert.Contains($"\"T:{type.FullName}\"", documentation, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"OrleansTrader\.Core\.(?<folder>[A-Z]\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex References();
}
