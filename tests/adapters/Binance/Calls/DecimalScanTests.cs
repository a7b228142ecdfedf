using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Adapters.Binance.Calls.Json;

namespace OrleansTrader.Adapters.Tests.Binance.Calls;

public sealed class DecimalScanTests
{
    [Fact]
    public void Every_decimal_is_read_to_the_last_figure_its_decimals_included() =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(10_000), Prop.ForAll(ArbMap.Default.ArbFor<decimal>(), value =>
        {
            var text = value.ToString(CultureInfo.InvariantCulture);
            return DecimalScan.TryParse(Encoding.ASCII.GetBytes(text), out var read) && read == value && string.Equals(read.ToString(CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
        }));

    [Theory]
    [InlineData("92233720368.54775807")]
    [InlineData("0.00000001")]
    [InlineData("9999999999999999999")]
    [InlineData("99999999999999999999.99999999")]
    [InlineData("-250.00000000")]
    public void Figures_of_the_exchange_are_read(string text)
    {
        Assert.True(DecimalScan.TryParse(Encoding.ASCII.GetBytes(text), out var read));
        Assert.Equal(decimal.Parse(text, CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1e5")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData(" 1")]
    public void What_is_no_figure_is_refused(string text) => Assert.False(DecimalScan.TryParse(Encoding.ASCII.GetBytes(text), out _));
}
