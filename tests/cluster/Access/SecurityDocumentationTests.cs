using System.Reflection;
using System.Text.RegularExpressions;
using OrleansTrader.Cluster.Tests.Service;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>The page on access says what the tests show.</summary>
public partial class SecurityDocumentationTests
{
    [Fact]
    public void Every_attempt_in_the_table_is_a_test_and_every_setting_is_explained()
    {
        var page = File.ReadAllText(Path.Combine(ProgramRun.Root, "docs", "security.md"));
        var named = Row().Matches(page).Select(row => row.Groups["test"].Value).ToList();
        var tests = typeof(SecurityDocumentationTests).Assembly.GetTypes()
            .Where(type => string.Equals(type.Namespace, typeof(SecurityDocumentationTests).Namespace, StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
            .Select(method => method.Name);
        Assert.True(named.Count >= 40, $"{named.Count} attempts");
        Assert.Equal(named.Count, named.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(named.Except(tests, StringComparer.Ordinal));
        Assert.All(typeof(Silo.Settings.AccessSettings).GetProperties().Where(property => property.CanWrite), setting => Assert.Contains($"`Access:{setting.Name}`", page, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| [0-9]+ \|.*\| `(?<test>[A-Za-z_]+)` \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
