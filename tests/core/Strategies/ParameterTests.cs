using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Strategies;

/// <summary>What every strategy says of its parameters holds, and a value that makes no sense is refused in words.</summary>
public class ParameterTests
{
    public static TheoryData<string> Names => [.. StrategyCatalog.Names];

    [Theory]
    [InlineData("Fast", "1", "Fast is '1'; trend takes a whole number from 2 to 200.")]
    [InlineData("fast", "200.5", "Fast is '200.5'; trend takes a whole number from 2 to 200.")]
    [InlineData("Fast", "ten", "Fast is 'ten'; trend takes a whole number from 2 to 200.")]
    [InlineData("Fast", "NaN", "Fast is 'NaN'; trend takes a whole number from 2 to 200.")]
    [InlineData("Fast", "", "Fast is ''; trend takes a whole number from 2 to 200.")]
    [InlineData("StopInRanges", "0.4", "StopInRanges is '0.4'; trend takes a number from 0.5 to 10.")]
    [InlineData("StopInRanges", "Infinity", "StopInRanges is 'Infinity'; trend takes a number from 0.5 to 10.")]
    [InlineData("Fast", "26", "Fast is '26'; trend takes a number below Slow, which is 26.")]
    [InlineData("Quick", "5", "Quick is not a parameter of trend; it has Fast, Slow, RsiPeriod, RsiFloor, RsiCeiling, AtrPeriod, StopInRanges, TargetInRanges.")]
    public void A_value_that_cannot_be_used_is_named_with_what_is_allowed(string name, string value, string expected)
    {
        var reading = StrategyCatalog.Of("trend").Read([KeyValuePair.Create(name, value)]);
        Assert.Equal(expected, Assert.Single(reading.Problems));
        Assert.Equal(TrendStrategy.Entry.Defaults.ToString(), reading.Values.ToString());
    }

    [Fact]
    public void What_is_given_is_used_and_the_rest_has_its_default()
    {
        var reading = StrategyCatalog.Of("sma-cross").Read([KeyValuePair.Create("slow", "40")]);
        Assert.Empty(reading.Problems);
        Assert.Equal("Fast=10, Slow=40", reading.Values.ToString());
        var analyzer = new SymbolAnalyzer(StrategyCatalog.Of("sma-cross").Create(reading.Values));
        Assert.Equal(40, analyzer.WarmUp);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_default_lies_in_its_range_and_on_a_step(string name)
    {
        var entry = StrategyCatalog.Of(name);
        Assert.All(entry.Parameters, parameter =>
        {
            Assert.True(parameter.Allows(parameter.Default) && parameter.Allows(parameter.Min) && parameter.Allows(parameter.Max), parameter.Name);
            Assert.True(parameter.Step > 0 && parameter.Min < parameter.Max, parameter.Name);
            Assert.Equal(0, Math.IEEERemainder(parameter.Default - parameter.Min, parameter.Step), 9);
            Assert.NotEmpty(parameter.Summary);
        });
        Assert.Equal(entry.Parameters.Length, entry.Parameters.Select(parameter => parameter.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        var strategy = entry.Create(entry.Defaults);
        Assert.Equal((name, entry.IsUnprotected), (strategy.Name, strategy.IsUnprotected));
    }

    /// <summary>A parameter that changes nothing would be found here: the state says with what it was made.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_parameter_makes_another_strategy(string name)
    {
        var entry = StrategyCatalog.Of(name);
        var state = Build.Analyzer(entry.Create(entry.Defaults)).Save();
        foreach (var parameter in entry.Parameters)
        {
            var other = parameter.Default + parameter.Step > parameter.Max ? parameter.Default - parameter.Step : parameter.Default + parameter.Step;
            var values = entry.Read([KeyValuePair.Create(parameter.Name, other.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
            Assert.Empty(values.Problems);
            var refused = Assert.Throws<ArgumentException>(() => Build.Analyzer(entry.Create(values.Values)).Restore(state));
            Assert.StartsWith("The saved state is of", refused.Message, StringComparison.Ordinal);
        }
    }
}
