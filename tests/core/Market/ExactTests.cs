using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Market;

public class ExactTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(20_000);

    [Fact]
    public void Sums_and_differences_are_those_of_the_operators() =>
        Prop.ForAll(Pairs(), pair => Exact.Plus(pair.Left, pair.Right) == pair.Left + pair.Right
            && Exact.Minus(pair.Left, pair.Right) == pair.Left - pair.Right).Check(Thorough);

    [Fact]
    public void Products_are_those_of_the_operator() =>
        Prop.ForAll(Factors(), pair => Exact.Product(pair.Left, pair.Right) == pair.Left * pair.Right).Check(Thorough);

    [Fact]
    public void Comparisons_are_those_of_the_operators() =>
        Prop.ForAll(Pairs(), pair => Exact.IsAtMost(pair.Left, pair.Right) == pair.Left <= pair.Right
            && Exact.IsSameOrLess(pair.Left, pair.Right) == pair.Left <= pair.Right
            && Exact.IsPositive(pair.Left) == pair.Left > 0
            && Exact.IsZero(pair.Left) == (pair.Left == 0)).Check(Thorough);

    [Fact]
    public void What_fits_in_no_decimal_overflows_as_with_the_operators()
    {
        Assert.Throws<OverflowException>(() => Exact.Plus(decimal.MaxValue, 1));
        Assert.Throws<OverflowException>(() => Exact.Minus(decimal.MinValue, 1));
        Assert.Throws<OverflowException>(() => Exact.Product(decimal.MaxValue, 2));
    }

    [Fact]
    public void The_sum_at_the_edge_of_64_bits_keeps_every_digit()
    {
        const decimal Edge = long.MaxValue;
        foreach (var left in new[] { Edge - 1, Edge, Edge + 1, ulong.MaxValue, -Edge, -Edge - 1 })
            foreach (var right in new[] { Edge - 1, Edge, Edge + 1, ulong.MaxValue, -Edge, -Edge - 1 })
            {
                Assert.Equal(left + right, Exact.Plus(left, right));
                Assert.Equal(left - right, Exact.Minus(left, right));
            }
    }

    [Theory]
    [InlineData("0.01", 2)]
    [InlineData("1", 0)]
    [InlineData("0.05", -1)]
    [InlineData("10", -1)]
    public void So_many_units_are_their_product(string text, int decimals)
    {
        var unit = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(decimals, Exact.DecimalsOf(unit));
        foreach (var count in new[] { 0, 1, 123_456, -7, 9_007_199_254_740_993 })
            Assert.Equal(count * unit, Exact.Times(count, unit, decimals));
    }

    /// <summary>Two decimals, mostly with as many digits behind the point, and not seldom equal.</summary>
    private static Arbitrary<(decimal Left, decimal Right)> Pairs() =>
        (from left in Decimals(28)
         from scale in Gen.Choose(0, 28)
         from other in Decimals(28)
         from like in Gen.Choose(0, 3)
         let right = like switch { 0 => left, 1 => decimal.Round(other, scale), 2 => other * 1.000m, _ => other }
         where Math.Abs(left) < decimal.MaxValue / 4 && Math.Abs(right) < decimal.MaxValue / 4
         select (left, right)).ToArbitrary();

    private static Arbitrary<(decimal Left, decimal Right)> Factors() =>
        (from left in Decimals(28)
         from right in Decimals(28)
         where (double)left * (double)right is > -7e28 and < 7e28
         select (left, right)).ToArbitrary();

    /// <summary>Of any width from none to all of its 96 bits.</summary>
    private static Gen<decimal> Decimals(int mostDecimals) =>
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from middle in Gen.Choose(int.MinValue, int.MaxValue)
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from width in Gen.Choose(0, 96)
        from isNegative in Gen.Elements(false, true)
        from scale in Gen.Choose(0, mostDecimals)
        let bits = (((UInt128)(uint)high << 64) | ((UInt128)(uint)middle << 32) | (uint)low) >> (96 - width)
        select new decimal((int)(uint)bits, (int)(uint)(bits >> 32), (int)(uint)(bits >> 64), isNegative, (byte)scale);
}
