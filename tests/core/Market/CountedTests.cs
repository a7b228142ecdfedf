using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using Xunit;

namespace OrleansTrader.Core.Tests.Market;

public class CountedTests
{
    [Theory]
    [InlineData(0, "0 bars")]
    [InlineData(1, "1 bar")]
    [InlineData(1.2, "1 bar")]
    [InlineData(2, "2 bars")]
    [InlineData(1_001, "1001 bars")]
    public void A_count_agrees_with_what_is_counted(double count, string expected) => Assert.Equal(expected, Counted.Of((decimal)count, "bar"));

    [Fact]
    public void Words_that_take_more_than_an_s_are_named() =>
        Assert.Equal(("1 entry", "2 entries", "candle is", "candles are"), (Counted.Of(1, "entry", "entries"), Counted.Of(2, "entry", "entries"), Counted.Word(1, "candle is", "candles are"), Counted.Word(0, "candle is", "candles are")));

    [Theory]
    [InlineData(RefusalCode.Cooldown, "1 bar since the last exit, 2 needed")]
    [InlineData(RefusalCode.Locked, "locked for another 1 bar")]
    [InlineData(RefusalCode.StaleData, "the latest data is 1 second old, 2 allowed")]
    [InlineData(RefusalCode.LossStreak, "1 trade has lost, 2 are the limit")]
    [InlineData(RefusalCode.TradesPerDay, "1 entry today, 2 allowed")]
    [InlineData(RefusalCode.TooManyPositions, "1 position open, 2 allowed")]
    public void A_check_counts_one_as_one(RefusalCode code, string expected) => Assert.Equal(expected, new RiskCheck(code, 1, 2, Passed: false).Describe());
}
