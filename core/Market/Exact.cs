using System.Runtime.CompilerServices;

namespace OrleansTrader.Core.Market;

/// <summary>
/// Decimal arithmetic with the same results as the operators, but without their calls where the answer is plain: a side is
/// zero, or the nearest doubles lie so far apart that no rounding could have swapped them. An order costs dozens of these.
/// </summary>
internal static class Exact
{
    // A decimal's nearest double is off by 2^-53 at the most, and two steps of arithmetic on it by a few times that.
    private const double Doubt = 1e-14;

    /// <summary>By the bits: the operator compares two decimals in full, in hundreds of bytes of code wherever it stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsZero(in decimal value) => decimal.Sign(value) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPositive(in decimal value) => decimal.Sign(value) > 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static decimal Plus(decimal left, decimal right)
    {
        if (IsZero(right)) return left;
        return IsZero(left) ? right : left + right;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static decimal Minus(decimal left, decimal right) => IsZero(right) ? left : left - right;

    /// <summary>The number of decimals of a unit such as 0.01 or 1, which is a power of ten; -1 for any other, such as 0.05.</summary>
    public static int DecimalsOf(decimal unit)
    {
        const int Most = 28;
        for (var decimals = 0; decimals <= Most; decimals++)
            if (unit == new decimal(1, 0, 0, isNegative: false, (byte)decimals))
                return decimals;
        return -1;
    }

    /// <summary>So many units; written down rather than multiplied where the unit is a power of ten.</summary>
    /// <param name="decimals">What <see cref="DecimalsOf"/> says of the unit.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static decimal Times(long count, decimal unit, int decimals) =>
        count >= 0 && decimals >= 0 ? new decimal((int)count, (int)(count >> 32), 0, isNegative: false, (byte)decimals) : unit * count;

    public static decimal Least(decimal left, decimal right) => IsAtMost(left, right) ? left : right;

    public static decimal Greatest(decimal left, decimal right) => IsAtMost(left, right) ? right : left;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAtMost(decimal left, decimal right)
    {
        var (a, b) = ((double)left, (double)right);
        return Math.Abs(a - b) > Doubt * (Math.Abs(a) + Math.Abs(b)) ? a < b : left <= right;
    }

    /// <summary>As <see cref="IsAtMost"/>, where both are mostly one and the same number: equal bits are found without a call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSameOrLess(in decimal left, in decimal right) =>
        Unsafe.BitCast<decimal, Parts>(left) == Unsafe.BitCast<decimal, Parts>(right) || left <= right;

    /// <summary>The quotient rounded down, where doubles alone can tell it; the caller decides the rest with decimals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryFloor(double quotient, out long floor)
    {
        const double Largest = 1e12;
        floor = (long)quotient;
        var rest = quotient - floor;
        var doubt = Doubt * quotient;
        return quotient is >= 0 and < Largest && rest > doubt && rest < 1 - doubt;
    }

    /// <summary>The fields of a decimal as the runtime writes them: read in other widths they would have to wait for the writes.</summary>
    private readonly record struct Parts(int Flags, int High, ulong Low);
}
