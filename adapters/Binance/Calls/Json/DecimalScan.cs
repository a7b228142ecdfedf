using System.Globalization;

namespace OrleansTrader.Adapters.Binance.Calls.Json;

/// <summary>Reads a decimal as the exchange writes it, exactly: digits, a point, digits, perhaps a sign before.</summary>
internal static class DecimalScan
{
    // As many digits always fit into 64 bits.
    private const int MostDigits = 19;

    public static bool TryParse(ReadOnlySpan<byte> text, out decimal value)
    {
        var isNegative = text.Length > 0 && text[0] == '-';
        ulong mantissa = 0;
        var (digits, point) = (0, -1);
        for (var i = isNegative ? 1 : 0; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                if (++digits > MostDigits) return TryParseLong(text, out value);
                mantissa = (mantissa * 10) + digit;
            }
            else if (text[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                value = 0;
                return false;
            }
        }

        value = new decimal((int)mantissa, (int)(mantissa >> 32), 0, isNegative, (byte)(point < 0 ? 0 : text.Length - 1 - point));
        return digits > 0;
    }

    private static bool TryParseLong(ReadOnlySpan<byte> text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
}
