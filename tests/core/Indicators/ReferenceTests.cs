using OrleansTrader.Core.Indicators;
using Xunit;

namespace OrleansTrader.Core.Tests.Indicators;

/// <summary>Every indicator that TA-Lib has against its values over real candles: 1e-9 relative, or 1e-9 of the price near zero.</summary>
public class ReferenceTests
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string> Columns => [.. ReferenceColumns.All];

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_column_agrees_with_TA_Lib(string column) => Compare(column, ZeroRule.TaLib);

    // No divisor is small at Bitcoin's prices.
    [Theory]
    [MemberData(nameof(Columns))]
    public void The_exact_zero_rule_changes_nothing_at_these_prices(string column) => Compare(column, ZeroRule.Exact);

    [Fact]
    public void No_column_of_the_reference_is_left_out()
    {
        var names = TestData.ReferenceColumns().Where(name => name is not "open_time" && !name.StartsWith("CDL", StringComparison.Ordinal));
        Assert.Equal(names.Order(StringComparer.Ordinal), ReferenceColumns.All.Order(StringComparer.Ordinal));
    }

    private static void Compare(string column, ZeroRule rule)
    {
        var expected = TestData.Reference(column);
        var candles = TestData.Candles("BTCUSDT", "1h");
        var (indicator, output) = Create(column, rule);

        for (var i = 0; i < expected.Length; i++)
        {
            var candle = candles[i];
            indicator.Update(in candle);
            var value = output.Value;
            Assert.True(double.IsNaN(value) == i + 1 < output.WarmUp, $"bar {i}: {value} with a warm-up of {output.WarmUp}");
            Assert.True(double.IsNaN(expected[i]) == double.IsNaN(value), $"bar {i}: {value} instead of {expected[i]}");
            if (double.IsNaN(value)) continue;
            var allowed = Tolerance * Math.Max(Math.Abs(expected[i]), IsInQuoteCurrency(column) ? candle.Close : 1);
            Assert.True(Math.Abs(value - expected[i]) <= allowed, $"bar {i}: {value} instead of {expected[i]}");
        }
    }

    private static (Indicator Indicator, Output Output) Create(string column, ZeroRule rule)
    {
        var entry = IndicatorCatalog.Entries.Single(entry => entry.Columns.Any(of => string.Equals(of.Name, column, StringComparison.Ordinal)));
        var indicator = entry.Create(rule);
        return (indicator, indicator[entry.Columns.Single(of => string.Equals(of.Name, column, StringComparison.Ordinal)).Output]);
    }

    private static bool IsInQuoteCurrency(string column) =>
        column.StartsWith("MACD", StringComparison.Ordinal) || column.StartsWith("MOM", StringComparison.Ordinal) || column.StartsWith("LINEARREG", StringComparison.Ordinal);
}
