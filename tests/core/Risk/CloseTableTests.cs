using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Risk;

/// <summary>Correlations and volatilities of four invented symbols; the expected values come from Python's statistics module (correlation and stdev of the logarithmic returns).</summary>
public class CloseTableTests
{
    private static readonly double[][] Closes =
    [
        [100, 101.3284, 103.3074, 101.9496, 104.3087, 105.4779, 104.6493, 104.1165, 105.467, 104.6457, 105.7854, 104.7834, 103.0212, 104.5184, 103.174, 103.4976, 103.5403, 103.9867, 103.8027, 104.7615, 105.7055, 107.0219, 108.9155, 110.6509, 112.6351],
        [20, 20.1704, 20.4419, 20.1023, 20.3624, 20.4757, 20.1845, 20.1468, 20.4007, 20.2757, 20.3158, 20.1671, 19.9542, 20.0802, 19.998, 19.9894, 20.076, 20.1485, 20.0559, 20.1071, 20.1601, 20.2445, 20.5145, 20.6437, 21.1406],
        [5, 5.0372, 5.0478, 5.138, 5.0946, 5.0009, 4.9548, 4.995, 5.0431, 5.0181, 5.048, 4.983, 4.9243, 4.9521, 4.9482, 5.0088, 5.0494, 5.0163, 5.0591, 5.0042, 4.8683, 4.8739, 4.8726, 4.9104, 4.9419],
        [50, 49.8126, 49.1428, 49.4225, 48.5276, 47.9551, 48.5358, 48.3176, 47.4345, 47.9151, 47.9188, 48.3272, 49.158, 48.3247, 48.8071, 48.2096, 47.6744, 47.5854, 47.8177, 47.3947, 47.4474, 47.1444, 46.3827, 45.5566, 44.7934],
    ];

    [Theory]
    [InlineData(24, 0, 1, 0.8888050226526664)]
    [InlineData(24, 0, 2, 0.04452285712062157)]
    [InlineData(24, 0, 3, -0.8624659731176819)]
    [InlineData(24, 1, 2, 0.09072001822020147)]
    [InlineData(24, 1, 3, -0.8385710743675746)]
    [InlineData(24, 2, 3, -0.2840149804489033)]
    [InlineData(12, 0, 1, 0.7628258628884804)]
    [InlineData(12, 0, 2, -0.03478659661616839)]
    [InlineData(12, 0, 3, -0.8032859612764082)]
    [InlineData(12, 1, 2, 0.09686975080604705)]
    [InlineData(12, 1, 3, -0.696643655377979)]
    [InlineData(12, 2, 3, -0.39187174541885056)]
    public void Correlations_are_those_of_another_program(int bars, int slot, int other, double expected)
    {
        var table = Table();
        Assert.Equal(expected, table.Correlation(slot, other, Latest, bars), 12);
        Assert.Equal(expected, table.Correlation(other, slot, Latest, bars), 12);
    }

    // Hourly bars: times the root of 8,760.
    [Theory]
    [InlineData(24, 0, 1.102435188951084)]
    [InlineData(24, 1, 0.8930885611557537)]
    [InlineData(24, 2, 1.0207001504286866)]
    [InlineData(24, 3, 1.0436138286911283)]
    [InlineData(12, 0, 0.8632004958999775)]
    [InlineData(12, 2, 1.0326854645057706)]
    public void Volatilities_are_those_of_another_program(int bars, int slot, double expected) =>
        Assert.Equal(expected, Table().Volatility(slot, Latest, bars), 12);

    [Fact]
    public void A_bar_that_one_symbol_lacks_counts_for_neither()
    {
        // Without the bars 10 and 15 of the second symbol the returns of 10, 11, 15 and 16 are not known.
        var table = Table((slot, bar) => slot == 1 && bar is 10 or 15);
        Assert.Equal(0.8970901508508803, table.Correlation(0, 1, Latest, 24), 12);
    }

    [Fact]
    public void Fewer_than_half_of_the_returns_say_nothing()
    {
        // Of 24 returns 12 are known with 13 closes, and 11 with 12.
        Assert.False(double.IsNaN(Table((slot, bar) => slot == 1 && bar < 12).Correlation(0, 1, Latest, 24)));
        Assert.True(double.IsNaN(Table((slot, bar) => slot == 1 && bar < 13).Correlation(0, 1, Latest, 24)));
        Assert.True(double.IsNaN(Table((slot, bar) => slot == 1 && bar < 13).Volatility(1, Latest, 24)));
        Assert.True(double.IsNaN(Table().Correlation(0, 4, Latest, 24)));
        Assert.True(double.IsNaN(Table().Volatility(4, Latest, 24)));
    }

    [Fact]
    public void A_symbol_that_stopped_trading_is_not_known_for_long()
    {
        var table = Table((slot, bar) => slot == 1 && bar > 11);
        Assert.True(double.IsNaN(table.Correlation(0, 1, Latest, 24)));
        Assert.False(double.IsNaN(table.Correlation(0, 1, Build.Close(11), 10)));
    }

    [Fact]
    public void What_never_moves_moves_with_nothing()
    {
        var table = new CloseTable(11, Interval.OneHour);
        for (var bar = 0; bar < 25; bar++)
        {
            table.Put(0, Build.Start.AddHours(bar), 100);
            table.Put(1, Build.Start.AddHours(bar), Closes[0][bar]);
        }

        Assert.True(double.IsNaN(table.Correlation(0, 1, Latest, 10)));
        Assert.Equal(0, table.Volatility(0, Latest, 10));
        Assert.Equal(1, table.Correlation(1, 1, Latest, 10), 12);
    }

    [Fact]
    public void What_lies_further_back_than_the_window_changes_nothing()
    {
        var (whole, tail) = (Table(), Table((_, bar) => bar < 12));
        Assert.Equal(whole.Correlation(0, 3, Latest, 12), tail.Correlation(0, 3, Latest, 12));
        Assert.Equal(whole.Volatility(3, Latest, 12), tail.Volatility(3, Latest, 12));
    }

    private static DateTime Latest => Build.Close(24);

    private static CloseTable Table(Func<int, int, bool>? lacks = null)
    {
        var table = new CloseTable(25, Interval.OneHour);
        for (var bar = 0; bar < 25; bar++)
            for (var slot = 0; slot < Closes.Length; slot++)
                if (lacks?.Invoke(slot, bar) is not true)
                    table.Put(slot, Build.Start.AddHours(bar), Closes[slot][bar]);
        return table;
    }
}
