using OrleansTrader.Core.Indicators;
using Xunit;

namespace OrleansTrader.Core.Tests.Indicators;

/// <summary>Every indicator against TA-Lib's values over real candles, 1e-9 relative.</summary>
public class ReferenceTests
{
    public static TheoryData<string> Columns => ["SMA_20", "EMA_20", "RSI_14", "ATR_14"];

    [Theory]
    [MemberData(nameof(Columns))]
    public void An_indicator_agrees_with_TA_Lib(string column)
    {
        var expected = TestData.Reference(column);
        var candles = TestData.Candles("BTCUSDT", "1h");
        var indicator = Create(column);

        for (var i = 0; i < expected.Length; i++)
        {
            var candle = candles[i];
            indicator.Update(in candle);
            Assert.Equal(i + 1 < indicator.WarmUp, double.IsNaN(indicator.Value));
            Assert.Equal(double.IsNaN(expected[i]), double.IsNaN(indicator.Value));
            if (double.IsNaN(expected[i])) continue;
            Assert.True(Math.Abs(indicator.Value - expected[i]) <= 1e-9 * Math.Abs(expected[i]), $"bar {i}: {indicator.Value} instead of {expected[i]}");
        }
    }

    private static Indicator Create(string column)
    {
        var period = int.Parse(column.Split('_')[1], System.Globalization.CultureInfo.InvariantCulture);
        return column.Split('_')[0] switch
        {
            "SMA" => new Sma(period),
            "EMA" => new Ema(period),
            "RSI" => new Rsi(period),
            _ => new Atr(period),
        };
    }
}
