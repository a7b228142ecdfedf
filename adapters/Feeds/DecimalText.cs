using System.Globalization;
using System.Runtime.CompilerServices;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>Reads a decimal number from UTF-8 to the nearest double, and tells how many decimal places it needs.</summary>
internal static class DecimalText
{
    // Up to 2^53 and 10^22 both sides of the division are exact, so that its result is the nearest double (Clinger, 1990).
    private const ulong LargestExact = 1UL << 53;

    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <param name="places">Decimal places without trailing zeros.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> text, out double value, out int places)
    {
        text = text.Trim((byte)' ');
        ulong mantissa = 0;
        var (point, lastNonZero, digits) = (-1, -1, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                // 18 digits cannot overflow; what is longer than exact goes the slow way below.
                if (++digits > 18) return TryParseAny(text, out value, out places);
                mantissa = (mantissa * 10) + digit;
                if (digit != 0) lastNonZero = i;
            }
            else if (text[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                return TryParseAny(text, out value, out places);
            }
        }

        places = point < 0 ? 0 : Math.Max(0, lastNonZero - point);
        if (digits == 0 || mantissa > LargestExact) return TryParseAny(text, out value, out places);
        value = point < 0 ? mantissa : mantissa / PowersOfTen[text.Length - 1 - point];
        return true;
    }

    private static bool TryParseAny(ReadOnlySpan<byte> text, out double value, out int places)
    {
        places = 0;
        if (!double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value))
            return false;
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact))
            places = (exact / 1.0000000000000000000000000000m).Scale;
        return true;
    }
}
