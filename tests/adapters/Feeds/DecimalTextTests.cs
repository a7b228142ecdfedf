using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Adapters.Feeds;

namespace OrleansTrader.Adapters.Tests.Feeds;

public sealed class DecimalTextTests
{
    [Fact]
    public void Every_decimal_is_read_to_the_same_double_as_by_the_runtime()
    {
        var decimals =
            from mantissa in Gen.Choose(0, int.MaxValue)
            from more in Gen.Choose(0, int.MaxValue)
            from scale in Gen.Choose(0, 20)
            select new decimal(mantissa, scale % 3 == 0 ? more : 0, scale > 18 ? more : 0, isNegative: false, (byte)scale);

        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(10_000), Prop.ForAll(decimals.ToArbitrary(), value =>
        {
            var text = value.ToString(CultureInfo.InvariantCulture);
            var expectedPlaces = text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').Split('.')[1].Length : 0;
            return DecimalText.TryParse(Encoding.UTF8.GetBytes(text), out var read, out var places)
                && read == double.Parse(text, CultureInfo.InvariantCulture)
                && places == expectedPlaces;
        }));
    }

    [Fact]
    public void Every_double_that_the_runtime_writes_is_read_back() =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(5_000), Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), value =>
            DecimalText.TryParse(Encoding.UTF8.GetBytes(value.Get.ToString("R", CultureInfo.InvariantCulture)), out var read, out _) && read == value.Get));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1,5")]
    [InlineData("1 5")]
    [InlineData("0x10")]
    [InlineData("--1")]
    public void What_is_no_number_is_refused(string text) =>
        Assert.False(DecimalText.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));
}
