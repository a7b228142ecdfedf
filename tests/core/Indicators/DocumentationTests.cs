using System.Globalization;
using System.Reflection;
using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Tests.Architecture;
using Xunit;

namespace OrleansTrader.Core.Tests.Indicators;

/// <summary>The table of docs/indicators.md says what the catalog has.</summary>
public class DocumentationTests
{
    private static readonly Dictionary<string, Row> Rows = Read();

    public static TheoryData<string> All => [.. IndicatorCatalog.Entries.Select(TypeOf).Select(type => type.Name)];

    [Fact]
    public void Every_indicator_has_its_row_and_no_other_has_one() =>
        Assert.Equal(IndicatorCatalog.Entries.Select(entry => TypeOf(entry).Name).Order(StringComparer.Ordinal), Rows.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(All))]
    public void A_row_names_the_columns_and_the_bar_of_their_first_values(string name)
    {
        var entry = EntryOf(name);
        var indicator = entry.Create(ZeroRule.Exact);
        Assert.Equal(string.Join(", ", entry.Columns.Select(column => $"`{column.Name}` {indicator[column.Output].WarmUp}")), Rows[name].Columns);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_parameters_of_a_row_make_the_indicator_of_the_catalog(string name)
    {
        var constructor = Assert.Single(TypeOf(EntryOf(name)).GetConstructors());
        var given = Rows[name].Parameters.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(' ')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        Assert.All(given.Keys, parameter => Assert.Contains(constructor.GetParameters(), of => string.Equals(of.Name, parameter, StringComparison.Ordinal)));
        var described = (Indicator)constructor.Invoke([.. constructor.GetParameters().Select(parameter => given.TryGetValue(parameter.Name!, out var text) ? ValueOf(parameter, text) : parameter.DefaultValue)]);

        var listed = EntryOf(name).Create(ZeroRule.Exact);
        var bars = Build.Walk(200, seed: 1);
        described.Update(bars);
        listed.Update(bars);
        Assert.Equal(listed.Save(), described.Save());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_row_tells_whether_the_zero_rule_matters_and_where_the_formula_is_from(string name)
    {
        var hasRule = TypeOf(EntryOf(name)).GetConstructors()[0].GetParameters().Any(parameter => parameter.ParameterType == typeof(ZeroRule));
        Assert.Equal(hasRule, Rows[name].Differs.StartsWith("zero rule", StringComparison.Ordinal));
        Assert.NotEmpty(Rows[name].Formula);
    }

    private static IndicatorEntry EntryOf(string name) => IndicatorCatalog.Entries.Single(entry => string.Equals(TypeOf(entry).Name, name, StringComparison.Ordinal));

    private static Type TypeOf(IndicatorEntry entry) => entry.Create(ZeroRule.Exact).GetType();

    private static object? ValueOf(ParameterInfo parameter, string text)
    {
        if (parameter.ParameterType.IsEnum) return Enum.Parse(parameter.ParameterType, text);
        return Convert.ChangeType(text, parameter.ParameterType, CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, Row> Read() =>
        File.ReadLines(Path.Combine(Repository.Root, "docs", "indicators.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray())
            .ToDictionary(cells => cells[1].Trim('`'), cells => new Row(cells[2], cells[3], cells[4], cells[5]), StringComparer.Ordinal);

    private sealed record Row(string Parameters, string Columns, string Formula, string Differs);
}
