using System.Globalization;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>How far a ticker looks back: 1m to 59m, 1h to 23h, 1d to 7d.</summary>
internal static class TickerWindow
{
    private const string Range = "^(([1-9]|[1-5][0-9])m|([1-9]|1[0-9]|2[0-3])h|[1-7]d)$";

    public static TimeSpan Of(string text)
    {
        if (text.Length is 2 or 3 && text[0] != '0' && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            switch (text[^1])
            {
                case 'm' when count <= 59: return TimeSpan.FromMinutes(count);
                case 'h' when count <= 23: return TimeSpan.FromHours(count);
                case 'd' when count <= 7: return TimeSpan.FromDays(count);
            }
        }

        throw Refusal.BadCharacters("windowSize", Range);
    }
}
