using OrleansTrader.Core.Market;
using OrleansTrader.Core.Patterns;
using Xunit;

namespace OrleansTrader.Core.Tests.Patterns;

/// <summary>Every candlestick pattern on candles drawn for it; TA-Lib's C library gives the same verdicts on them.</summary>
public class CandlePatternTests
{
    // Bodies of 1 in ranges of 3 with shadows of 1: so a doji's body is at most 0.3, "no shadow" is below 0.3, near is 0.6.
    private static readonly string[] Calm = [.. Enumerable.Repeat<string[]>(["100 102 99 101", "101 102 99 100"], 10).SelectMany(pair => pair)];

    /// <summary>Name, verdict, and the candles of the pattern: open, high, low and close of each.</summary>
    public static TheoryData<string, int, string> Drawn => new()
    {
        { "CDLDOJI", 100, "100 101 99 100.1" },
        { "CDLDRAGONFLYDOJI", 100, "100 100.1 97 100" },
        { "CDLGRAVESTONEDOJI", 100, "100 103 99.9 100" },
        { "CDLLONGLEGGEDDOJI", 100, "100 102 98 100.1" },
        { "CDLRICKSHAWMAN", 100, "100 102 98 100.1" },
        { "CDLTAKURI", 100, "100 100.1 97 100" },
        { "CDLHAMMER", 100, "100 102 99 101; 98.5 99 96 98.9" },
        { "CDLHANGINGMAN", -100, "100 102 99 101; 102 102.5 100 102.4" },
        { "CDLINVERTEDHAMMER", 100, "100 102 99 101; 98.5 101 98.4 99" },
        { "CDLSHOOTINGSTAR", -100, "100 102 99 101; 102 104 101.9 102.5" },
        { "CDLMARUBOZU", 100, "100 105 100 105" },
        { "CDLMARUBOZU", -100, "105 105 100 100" },
        { "CDLCLOSINGMARUBOZU", 100, "100 105 98 105" },
        { "CDLCLOSINGMARUBOZU", -100, "105 107 100 100" },
        { "CDLBELTHOLD", 100, "100 107 100 105" },
        { "CDLBELTHOLD", -100, "105 105 98 100" },
        { "CDLLONGLINE", 100, "100 103.5 99.5 103" },
        { "CDLLONGLINE", -100, "103 103.5 99.5 100" },
        { "CDLSHORTLINE", 100, "100 100.9 99.6 100.5" },
        { "CDLSHORTLINE", -100, "100.5 100.9 99.6 100" },
        { "CDLSPINNINGTOP", 100, "100 102 98 100.5" },
        { "CDLSPINNINGTOP", -100, "100.5 102 98 100" },
        { "CDLHIGHWAVE", 100, "100 104 97 100.5" },
        { "CDLHIGHWAVE", -100, "100.5 104 97 100" },
        { "CDLENGULFING", 100, "101 102 99 100; 99 103 98 102" },
        { "CDLENGULFING", 80, "101 102 99 100; 100 103 98 102" },
        { "CDLENGULFING", -100, "100 102 99 101; 102 103 98 99" },
        { "CDLENGULFING", -80, "100 102 99 101; 101 103 98 99" },
        { "CDLHARAMI", 100, "105 106 99 100; 102 103 101 102.5" },
        { "CDLHARAMI", 80, "105 106 99 100; 100 103 99.5 101" },
        { "CDLHARAMI", -100, "100 106 99 105; 103 103.5 102 102.5" },
        { "CDLHARAMI", -80, "100 106 99 105; 105 105.5 103 104" },
        { "CDLHARAMICROSS", 100, "105 106 99 100; 102 103 101 102.1" },
        { "CDLHARAMICROSS", -100, "100 106 99 105; 102.1 103 101 102" },
        { "CDLHARAMICROSS", 80, "105 106 99 100; 100 101 99 100.1" },
        { "CDLHOMINGPIGEON", 100, "105 106 99 100; 103 104 102 102.5" },
        { "CDLPIERCING", 100, "105 106 99 100; 98 104 97 103.5" },
        { "CDLDARKCLOUDCOVER", -100, "100 106 99 105; 107 108 101 102" },
        { "CDLONNECK", -100, "105 106 99 100; 97 99.5 96 99" },
        { "CDLINNECK", -100, "105 106 99 100; 97 101 96 100.1" },
        { "CDLTHRUSTING", -100, "105 106 99 100; 97 103 96 102" },
        { "CDLCOUNTERATTACK", 100, "105 106 99 100; 95 101 94 100" },
        { "CDLCOUNTERATTACK", -100, "100 106 99 105; 110 111 104 105" },
        { "CDLSEPARATINGLINES", 100, "105 106 99 100; 105 110.1 105 110" },
        { "CDLSEPARATINGLINES", -100, "100 106 99 105; 100 100 94.9 95" },
        { "CDLMATCHINGLOW", 100, "105 106 99 100; 103 104 99 100" },
        { "CDLKICKING", 100, "105 105 100 100; 107 112 107 112" },
        { "CDLKICKING", -100, "100 105 100 105; 98 98 92 92" },
        { "CDLKICKINGBYLENGTH", 100, "105 105 100 100; 107 115 107 115" },
        { "CDLKICKINGBYLENGTH", -100, "110 110 100 100; 112 116 112 116" },
        { "CDLDOJISTAR", 100, "105 106 99 100; 98 99 97 98.1" },
        { "CDLDOJISTAR", -100, "100 106 99 105; 107 108 106 107.1" },
        { "CDL2CROWS", -100, "100 106 99 105; 108 109 106 107; 107.5 108 102 103" },
        { "CDL3INSIDE", 100, "105 106 99 100; 102 103 101 102.5; 102.5 107 102 106" },
        { "CDL3INSIDE", -100, "100 106 99 105; 103 103.5 102 102.5; 102 103 98 99" },
        { "CDL3OUTSIDE", 100, "101 102 99 100; 99 103 98 102; 102 104 101 103" },
        { "CDL3OUTSIDE", -100, "100 102 99 101; 102 103 98 99; 99 100 97 98" },
        { "CDL3STARSINSOUTH", 100, "110 111 97 104; 106 107 99 103; 102 102 101 101" },
        { "CDLGAPSIDESIDEWHITE", 100, "100 102 99 101; 103 105 102.5 104; 103 105 102.5 104.1" },
        { "CDLGAPSIDESIDEWHITE", -100, "101 102 99 100; 97 99 96 98; 97 99 96 98.1" },
        { "CDLHIKKAKE", 100, "100 105 95 101; 100 103 97 101; 99 102 96 98" },
        { "CDLHIKKAKE", 200, "100 105 95 101; 100 103 97 101; 99 102 96 98; 98 104.5 97 104" },
        { "CDLHIKKAKE", -100, "100 105 95 101; 100 103 97 101; 101 104 98 103" },
        { "CDLHIKKAKE", -200, "100 105 95 101; 100 103 97 101; 101 104 98 103; 103 103.5 96 96.5" },
        { "CDLHIKKAKEMOD", 100, "100 110 90 101; 104 106 95 95.2; 97 103 96 98; 97 102 95.5 97" },
        { "CDLHIKKAKEMOD", 200, "100 110 90 101; 104 106 95 95.2; 97 103 96 98; 97 102 95.5 97; 97 105 96 104" },
        { "CDLHIKKAKEMOD", -100, "100 110 90 101; 97 106 95 105.8; 103 105 97 102; 103 105.5 98 104" },
        { "CDLSTICKSANDWICH", 100, "105 106 99 100; 102 107 101 106; 105 106 99 100" },
        { "CDLTASUKIGAP", 100, "100 102 99 101; 103 106 102.5 105; 104 104.5 101.5 102" },
        { "CDLTASUKIGAP", -100, "101 102 99 100; 98 98.5 95 96; 97 99.5 96.5 99" },
        { "CDLTRISTAR", -100, "100 101 99 100.1; 102 103 101 102.1; 101 102 100 101.1" },
        { "CDLTRISTAR", 100, "100 101 99 100.1; 98 99 97 98.1; 99 100 98 99.1" },
        { "CDLUNIQUE3RIVER", 100, "110 111 100 104; 107 108 98 105; 101 102 100 101.5" },
        { "CDLUPSIDEGAP2CROWS", -100, "100 106 99 105; 108 109 106.5 107; 108.5 109 106 106.5" },
        { "CDLXSIDEGAP3METHODS", 100, "100 102 99 101; 103 105 102.5 104; 103.5 104 100 100.5" },
        { "CDLXSIDEGAP3METHODS", -100, "101 102 99 100; 98 98.5 96 97; 97.5 101 97 100.5" },
        { "CDLMORNINGSTAR", 100, "110 111 103 104; 102 103 101 102.5; 103 110 102 109" },
        { "CDLMORNINGDOJISTAR", 100, "110 111 103 104; 102 103 101 102.1; 103 110 102 109" },
        { "CDLEVENINGSTAR", -100, "104 111 103 110; 112 113 111 112.5; 111 112 104 105" },
        { "CDLEVENINGDOJISTAR", -100, "104 111 103 110; 112 113 111 112.1; 111 112 104 105" },
        { "CDLABANDONEDBABY", 100, "110 111 103 104; 101 102 100 101.1; 103 110 102.5 109" },
        { "CDLABANDONEDBABY", -100, "104 111 103 110; 113 114 112 113.1; 111 111.5 104 105" },
        { "CDL3BLACKCROWS", -100, "100 106 99 105; 104 104.5 101 101; 102.5 102.6 99 99; 100 100.5 97 97" },
        { "CDL3WHITESOLDIERS", 100, "100 103 99 103; 102 105.1 101 105; 104 107.1 103 107" },
        { "CDLADVANCEBLOCK", -100, "100 104.2 99 104; 102 105.5 101 105; 104.5 106.5 104 105.5" },
        { "CDLIDENTICAL3CROWS", -100, "110 111 107 107; 107 107.2 104 104; 104 104.1 101 101" },
        { "CDLSTALLEDPATTERN", -100, "100 104 99 104; 103 107 102.5 107; 107 108 106.5 107.5" },
        { "CDL3LINESTRIKE", 100, "100 102 99 101.5; 101 103 100.5 102.5; 102 104 101 103.5; 104 105 98 99" },
        { "CDL3LINESTRIKE", -100, "103.5 104 102 102; 102.5 103 101 101; 101.5 102 100 100; 99.5 105 99 104" },
        { "CDLCONCEALBABYSWALL", 100, "110 110 105 105; 104.5 104.5 100 100; 98 101 97 97.5; 102 102 96 96" },
        { "CDLLADDERBOTTOM", 100, "110 111 106 107; 108 109 104 105; 106 107 102 103; 102 104 100 101; 104 108 103 107" },
        { "CDLBREAKAWAY", 100, "110 111 104 105; 103 104 101 102; 102 103 100 101; 101 102 98 99; 100 105 99.5 104" },
        { "CDLBREAKAWAY", -100, "105 111 104 110; 112 114 111 113; 113 115 112 114; 114 117 113 116; 115 115.5 110 111" },
        { "CDLMATHOLD", 100, "100 110 99 109; 112 113 110.5 111; 108.5 109 107.5 108; 107.5 108 106 107; 107.5 115 107 114" },
        { "CDLRISEFALL3METHODS", 100, "100 110 99 109; 107 108 106 106.5; 106 107 105 105.5; 105 106 104 104.5; 105 112 104.5 111" },
        { "CDLRISEFALL3METHODS", -100, "109 110 99 100; 102 103 101.5 102.5; 103 104 102.5 103.5; 104 105 103.5 104.5; 104 104.5 97 98" },
    };

    /// <summary>For each pattern a drawing with one price changed by so little that TA-Lib tells the pattern no more.</summary>
    public static TheoryData<string, string> Missed => new()
    {
        { "CDL2CROWS", "100 106 99 105; 108 109 106 107; 108 108 102 103" },
        { "CDL3BLACKCROWS", "100 106 99 105; 104 104.5 101 101; 102.5 102.6 99 99; 100 100.5 97 97.4" },
        { "CDL3INSIDE", "105 106 99 100; 101.1 103 101 102.5; 102.5 107 102 106" },
        { "CDL3LINESTRIKE", "100 102 99 101.5; 101 103 100.5 102.5; 102 104 101 103.5; 103.5 105 98 99" },
        { "CDL3OUTSIDE", "101 102 99 100; 99 103 98 102; 102 104 101 102" },
        { "CDL3STARSINSOUTH", "110 111 97 104; 106 107 99 103; 102 102 101 101.5" },
        { "CDL3WHITESOLDIERS", "100 103 99 103; 102 105.1 101 105; 104 107.1 103 106.7" },
        { "CDLABANDONEDBABY", "110 111 103 104; 101 102 100 101.4; 103 110 102.5 109" },
        { "CDLADVANCEBLOCK", "100 104.2 99 104; 102 105.5 101 105; 104.5 106.5 104 105.6" },
        { "CDLBELTHOLD", "100.4 107 100 105" },
        { "CDLBREAKAWAY", "110 111 104 105; 103 104 101 102; 102 103 100 101; 101 102 98 99; 100 105 99.5 105" },
        { "CDLCLOSINGMARUBOZU", "100 105 98 104.6" },
        { "CDLCONCEALBABYSWALL", "110 110 105 105; 104.5 104.5 100 100.4; 98 101 97 97.5; 102 102 96 96" },
        { "CDLCOUNTERATTACK", "105 106 99 100; 95 101 94 100.2" },
        { "CDLDARKCLOUDCOVER", "100 106 99 105; 107 108 101 102.5" },
        { "CDLDOJI", "100 101 99 100.4" },
        { "CDLDOJISTAR", "105 106 99 100; 98 99 97 98.4" },
        { "CDLDRAGONFLYDOJI", "100 100.4 97 100" },
        { "CDLENGULFING", "101 102 99 101; 99 103 98 102" },
        { "CDLEVENINGDOJISTAR", "104 111 103 110; 112 113 111 112.4; 111 112 104 105" },
        { "CDLEVENINGSTAR", "104 111 103 110; 112 113 111 112.5; 111 112 104 108.2" },
        { "CDLGAPSIDESIDEWHITE", "100 102 99 101; 103 105 102.5 104; 103.2 105 102.5 104.1" },
        { "CDLGRAVESTONEDOJI", "100 103 99.6 100" },
        { "CDLHAMMER", "100 102 99 101; 98.5 99 96 98.6" },
        { "CDLHANGINGMAN", "100 102 99 101; 102 102.5 100 102.1" },
        { "CDLHARAMI", "105 106 99 100; 101.1 103 101 102.5" },
        { "CDLHARAMICROSS", "105 106 99 100; 102 103 101 102.4" },
        { "CDLHIGHWAVE", "100 104 97 101" },
        { "CDLHIKKAKE", "100 105 95 101; 100 103 97 101; 99 103 96 98" },
        { "CDLHIKKAKEMOD", "100 110 90 101; 104 106 95 95.2; 97 103 96 98; 97 102 96 97" },
        { "CDLHOMINGPIGEON", "105 106 99 100; 103 104 102 103" },
        { "CDLIDENTICAL3CROWS", "110 111 107 107; 107 107.2 104 104; 103.8 104.1 101 101" },
        { "CDLINNECK", "105 106 99 100; 97 101 96 100.2" },
        { "CDLINVERTEDHAMMER", "100 102 99 101; 98.8 101 98.4 99" },
        { "CDLKICKING", "105 105 100 100; 107 112 107 111.6" },
        { "CDLKICKINGBYLENGTH", "105 105 100 100; 107 115 107 114.6" },
        { "CDLLADDERBOTTOM", "110 111 106 107; 108 109 104 105; 106 107 102 103; 102 104 100 102; 104 108 103 107" },
        { "CDLLONGLEGGEDDOJI", "100 102 98 100.4" },
        { "CDLLONGLINE", "100 103.5 99.5 102.5" },
        { "CDLMARUBOZU", "100 105 100 104.6" },
        { "CDLMATCHINGLOW", "105 106 99 100; 103 104 99 100.2" },
        { "CDLMATHOLD", "100 110 99 109; 112 113 110.5 111; 108.5 109 107.5 108; 107.5 108 106 107; 107 115 107 114" },
        { "CDLMORNINGDOJISTAR", "110 111 103 104; 102 103 101 102.4; 103 110 102 109" },
        { "CDLMORNINGSTAR", "110 111 103 104; 102 103 101 102.5; 103 110 102 105.8" },
        { "CDLONNECK", "105 106 99 100; 97 99.5 96 99.2" },
        { "CDLPIERCING", "105 106 99 100; 98 104 97 102.5" },
        { "CDLRICKSHAWMAN", "100 102 98 100.4" },
        { "CDLRISEFALL3METHODS", "100 110 99 109; 107 108 106 106.5; 106 107 105 105.5; 105 106 104 104.5; 104.5 112 104.5 111" },
        { "CDLSEPARATINGLINES", "105 106 99 100; 105.2 110.1 105 110" },
        { "CDLSHOOTINGSTAR", "100 102 99 101; 102.3 104 101.9 102.5" },
        { "CDLSHORTLINE", "100 101.5 99.6 100.5" },
        { "CDLSPINNINGTOP", "100 102 98 101" },
        { "CDLSTALLEDPATTERN", "100 104 99 104; 103 107 102.5 106.6; 107 108 106.5 107.5" },
        { "CDLSTICKSANDWICH", "105 106 99 100; 102 107 101 106; 105 106 99 100.2" },
        { "CDLTAKURI", "100 100.4 97 100" },
        { "CDLTASUKIGAP", "100 102 99 101; 103 106 102.5 105; 104 104.5 101.5 102.7" },
        { "CDLTHRUSTING", "105 106 99 100; 97 103 96 102.6" },
        { "CDLTRISTAR", "100 101 99 100.1; 102 103 101 102.1; 101 102 100 101.4" },
        { "CDLUNIQUE3RIVER", "110 111 100 104; 107 108 98 105; 101 102 100 100.9" },
        { "CDLUPSIDEGAP2CROWS", "100 106 99 105; 108 109 106.5 106.6; 108.5 109 106 106.5" },
        { "CDLXSIDEGAP3METHODS", "100 102 99 101; 103 105 102.5 104; 103.5 104 100 101" },
    };

    [Theory]
    [MemberData(nameof(Drawn))]
    public void A_pattern_is_told_with_its_last_candle(string name, int verdict, string candles)
    {
        var scanner = new CandlePatternScanner();
        Feed(scanner, [.. Calm, .. candles.Split("; ")]);
        Assert.Equal(verdict, scanner[name]);
    }

    [Theory]
    [MemberData(nameof(Drawn))]
    public void A_pattern_is_not_told_of_calm_candles(string name, int verdict, string candles)
    {
        Assert.True(verdict != 0 && candles.Length > 0);
        var scanner = new CandlePatternScanner();
        Feed(scanner, Calm);
        Assert.Equal(0, scanner[name]);
    }

    [Fact]
    public void Every_pattern_has_a_drawing() =>
        Assert.Equal(CandlePatternCatalog.All.Select(pattern => pattern.Name), Drawn.Select(row => row.Data.Item1).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);

    [Fact]
    public void All_61_patterns_of_TA_Lib_are_there() => Assert.Equal(61, CandlePatternCatalog.All.Length);

    [Theory]
    [MemberData(nameof(Missed))]
    public void One_price_makes_the_difference_between_a_pattern_and_none(string name, string candles)
    {
        var scanner = new CandlePatternScanner();
        Feed(scanner, [.. Calm, .. candles.Split("; ")]);
        Assert.Equal(0, scanner[name]);
        Assert.Contains(Drawn, row => string.Equals(row.Data.Item1, name, StringComparison.Ordinal) && Differences(row.Data.Item3, candles) == 1);
    }

    [Fact]
    public void Every_pattern_has_a_near_miss() =>
        Assert.Equal(CandlePatternCatalog.All.Select(pattern => pattern.Name), Missed.Select(row => row.Data.Item1), StringComparer.Ordinal);

    [Theory]
    [InlineData("CDLHAMMER", "100 102 99 101; 98.5 99 96 98.9", "100 102 99 101; 99.7 100.1 97.2 100.1")]
    [InlineData("CDLENGULFING", "101 102 99 100; 99 103 98 102", "101 102 99 100; 100 103 98 101")]
    [InlineData("CDLPIERCING", "105 106 99 100; 98 104 97 103.5", "105 106 99 100; 98 104 97 102.5")]
    [InlineData("CDLDARKCLOUDCOVER", "100 106 99 105; 107 108 101 102", "100 106 99 105; 106 108 101 102")]
    [InlineData("CDLMORNINGSTAR", "110 111 103 104; 102 103 101 102.5; 103 110 102 109", "110 111 103 104; 102 104 101 104; 103 110 102 109")]
    [InlineData("CDL3INSIDE", "105 106 99 100; 102 103 101 102.5; 102.5 107 102 106", "105 106 99 100; 102 103 101 102.5; 102.5 107 102 105")]
    [InlineData("CDLMARUBOZU", "100 105 100 105", "100 105.5 100 105")]
    [InlineData("CDLDOJI", "100 101 99 100.1", "100 101 99 100.4")]
    public void A_pattern_that_just_misses_is_not_told(string name, string hit, string miss)
    {
        var (hits, misses) = (new CandlePatternScanner(), new CandlePatternScanner());
        Feed(hits, [.. Calm, .. hit.Split("; ")]);
        Feed(misses, [.. Calm, .. miss.Split("; ")]);
        Assert.NotEqual(0, hits[name]);
        Assert.Equal(0, misses[name]);
    }

    [Fact]
    public void A_body_that_equals_the_average_is_neither_long_nor_short()
    {
        var scanner = new CandlePatternScanner();
        Feed(scanner, [.. Calm, "100 101 100 101"]);
        Assert.Equal(0, scanner["CDLMARUBOZU"]);
        Assert.Equal(0, scanner["CDLSHORTLINE"]);
    }

    [Fact]
    public void Each_pattern_is_first_told_when_its_warm_up_says()
    {
        var scanner = new CandlePatternScanner();
        foreach (var (index, candle) in Build.Walk(30, seed: 4).Index())
        {
            scanner.Update(in candle);
            for (var i = 0; i < scanner.Values.Length; i++) Assert.Equal(index + 1 < scanner.Patterns[i].WarmUp, double.IsNaN(scanner.Values[i]));
        }
    }

    [Fact]
    public void A_scanner_for_some_patterns_gives_what_one_for_all_gives()
    {
        var all = new CandlePatternScanner();
        var some = new CandlePatternScanner([CandlePatternCatalog.ByName("CDLHIKKAKE"), CandlePatternCatalog.ByName("CDLDOJI")]);
        foreach (var candle in Build.Walk(500, seed: 4))
        {
            all.Update(in candle);
            some.Update(in candle);
            Assert.Equal(all["CDLHIKKAKE"], some["CDLHIKKAKE"]);
            Assert.Equal(all["CDLDOJI"], some.Values[1]);
        }

        Assert.Throws<ArgumentException>(() => some["CDLHAMMER"]);
        Assert.Throws<ArgumentException>(() => CandlePatternCatalog.ByName("CDLNONE"));
    }

    private static int Differences(string drawn, string candles)
    {
        var (one, other) = (Prices(drawn), Prices(candles));
        return one.Length == other.Length ? one.Zip(other).Count(pair => !string.Equals(pair.First, pair.Second, StringComparison.Ordinal)) : int.MaxValue;

        static string[] Prices(string text) => text.Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries);
    }

    private static void Feed(CandlePatternScanner scanner, IEnumerable<string> candles)
    {
        foreach (var (index, text) in candles.Index())
        {
            var prices = Array.ConvertAll(text.Split(' '), price => double.Parse(price, System.Globalization.CultureInfo.InvariantCulture));
            scanner.Update(Build.Bar(index, prices[0], prices[1], prices[2], prices[3]));
        }
    }
}
