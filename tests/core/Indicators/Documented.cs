using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OrleansTrader.Core.Indicators;
using Xunit;

namespace OrleansTrader.Core.Tests.Indicators;

/// <summary>What the XML documentation of the core states.</summary>
internal static partial class Documented
{
    private static readonly Lazy<Dictionary<string, XElement>> Members = new(Read);

    /// <summary>The number n of "n or more" in the words about a parameter; null where they say no such thing.</summary>
    public static int? LeastOf(ConstructorInfo constructor, string parameter)
    {
        var types = string.Join(',', constructor.GetParameters().Select(of => of.ParameterType.FullName));
        var member = $"M:{constructor.DeclaringType!.FullName}.#ctor{(types.Length == 0 ? "" : $"({types})")}";
        var words = Members.Value[member].Elements("param").SingleOrDefault(element => string.Equals((string?)element.Attribute("name"), parameter, StringComparison.Ordinal));
        Assert.True(words is not null, $"nothing is said of {parameter} of {constructor.DeclaringType.Name}");
        var least = OrMore().Match(words.Value);
        return least.Success ? int.Parse(least.Groups["least"].Value, CultureInfo.InvariantCulture) : null;
    }

    private static Dictionary<string, XElement> Read() =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{typeof(Indicator).Assembly.GetName().Name}.xml"))
            .Descendants("member").ToDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal);

    [GeneratedRegex(@"(?<least>\d+) or more", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex OrMore();
}
