using OrleansTrader.Core.Patterns;
using Xunit;

namespace OrleansTrader.Core.Tests.Patterns;

/// <summary>Candlestick patterns against TA-Lib's verdicts over real candles, exactly.</summary>
public class PatternReferenceTests
{
    public static TheoryData<string> Columns =>
    [
        "CDLDOJI", "CDLHAMMER", "CDLINVERTEDHAMMER", "CDLHANGINGMAN", "CDLSHOOTINGSTAR", "CDLENGULFING", "CDLHARAMI",
        "CDLMORNINGSTAR", "CDLEVENINGSTAR", "CDL3WHITESOLDIERS", "CDL3BLACKCROWS", "CDLPIERCING", "CDLDARKCLOUDCOVER",
        "CDLMARUBOZU", "CDLSPINNINGTOP", "CDLDRAGONFLYDOJI", "CDLGRAVESTONEDOJI", "CDL3INSIDE", "CDL3OUTSIDE",
    ];

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_pattern_agrees_with_TA_Lib(string column)
    {
        var expected = TestData.Reference(column);
        var candles = TestData.Candles("BTCUSDT", "1h");
        var scanner = new CandlePatternScanner();
        for (var i = 0; i < expected.Length; i++)
        {
            var candle = candles[i];
            scanner.Update(in candle);
            Assert.True(expected[i].Equals(scanner[column]), $"bar {i}: {scanner[column]} instead of {expected[i]}");
        }
    }
}
