using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OrleansTrader.Core.Market;

/// <summary>
/// Decimal arithmetic with the same results as the operators, but without their calls where the answer is plain: a side is
/// zero, whole numbers of 64 bits hold both, or the nearest doubles lie so far apart that no rounding could have swapped
/// them. An order costs dozens of these.
/// </summary>
public static class Exact
{
    // A decimal's nearest double is off by 2^-53 at the most, and two steps of arithmetic on it by a few times that.
    private const double Doubt = 1e-14;

    // 28, where a decimal's flags keep their number.
    private const uint MostDecimals = 28 << 16;

    /// <summary>By the bits: the operator compares two decimals in full, in hundreds of bytes of code wherever it stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsZero(in decimal value) => decimal.Sign(value) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPositive(in decimal value) => decimal.Sign(value) > 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static decimal Plus(in decimal left, in decimal right)
    {
        var (a, b) = (PartsOf(in left), PartsOf(in right));
        if (b.IsZero) return left;
        if (a.IsZero) return right;
        return IsNarrow(in a, in b) ? Narrow(a.Signed + b.Signed, a.Scale) : left + right;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static decimal Minus(in decimal left, in decimal right)
    {
        var (a, b) = (PartsOf(in left), PartsOf(in right));
        if (b.IsZero) return left;
        return IsNarrow(in a, in b) ? Narrow(a.Signed - b.Signed, a.Scale) : left - right;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static decimal Product(in decimal left, in decimal right)
    {
        var (a, b) = (PartsOf(in left), PartsOf(in right));
        var high = Math.BigMul(a.Low, b.Low, out var low);
        var flags = a.Flags + b.Flags;
        // Both above zero, no more decimals than a decimal has, and no more digits.
        return (uint)flags <= MostDecimals && (a.Flags | b.Flags) >= 0 && (a.High | b.High | (high >> 32)) == 0
            ? Of(flags, (uint)high, low)
            : left * right;
    }

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
        count >= 0 && decimals >= 0 ? Of(decimals << 16, 0, (ulong)count) : unit * count;

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

    /// <summary>True when both have as many decimals and so few digits that whole numbers of 64 bits hold them and their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNarrow(in Parts left, in Parts right) =>
        (((uint)(left.Flags ^ right.Flags) << 1) | left.High | right.High | ((left.Low | right.Low) >> 62)) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static decimal Narrow(long value, int scale)
    {
        var sign = value >> 63;
        return Of(scale | ((int)sign & int.MinValue), 0, (ulong)((value ^ sign) - sign));
    }

    /// <summary>Written in one piece, since a decimal is mostly copied next, and would have to wait for its pieces.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static decimal Of(int flags, uint high, ulong low) =>
        Unsafe.BitCast<Vector128<ulong>, decimal>(Vector128.Create((uint)flags | ((ulong)high << 32), low));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Parts PartsOf(in decimal value) => Unsafe.BitCast<decimal, Parts>(value);

    /// <summary>The fields of a decimal as the runtime writes them: read in other widths they would have to wait for the writes.</summary>
    private readonly record struct Parts(int Flags, uint High, ulong Low)
    {
        public bool IsZero
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => (High | Low) == 0;
        }

        /// <summary>The number of decimals, where <see cref="Flags"/> keeps it.</summary>
        public int Scale
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Flags & int.MaxValue;
        }

        /// <summary><see cref="Low"/> with its sign, without a branch: profits and losses come as they like.</summary>
        public long Signed
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                var sign = (long)(Flags >> 31);
                return ((long)Low ^ sign) - sign;
            }
        }
    }
}
