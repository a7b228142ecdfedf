using Xunit;

namespace OrleansTrader.Core.Tests.Indicators;

public class HandComputedTests
{
    public static TheoryData<string> Names => [.. HandComputed.Cases.Select(of => of.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_indicator_gives_what_its_formula_gives_by_hand(string name)
    {
        var (create, output, expected) = HandComputed.Cases.Single(of => string.Equals(of.ToString(), name, StringComparison.Ordinal));
        var indicator = create();
        indicator.Update(HandComputed.Bars);
        Assert.Equal(expected.Length, HandComputed.Bars.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], indicator[output].Values[i], 11);
    }
}
