using System.Globalization;
using System.Net.Http.Headers;
using OrleansTrader.Adapters.Binance.Limits;

namespace OrleansTrader.Adapters.Binance.Rest;

/// <summary>What the headers of an answer say about the limits: <c>X-MBX-USED-WEIGHT-1M</c>, <c>X-MBX-ORDER-COUNT-10S</c>.</summary>
internal static class RateHeaders
{
    private const string Weight = "X-MBX-USED-WEIGHT-";
    private const string Orders = "X-MBX-ORDER-COUNT-";

    public static void Tell(RateGate gate, HttpResponseHeaders headers, string account)
    {
        foreach (var (name, values) in headers.NonValidated)
        {
            var kind = name.StartsWith(Weight, StringComparison.OrdinalIgnoreCase) ? RateLimitKind.RequestWeight
                : name.StartsWith(Orders, StringComparison.OrdinalIgnoreCase) ? RateLimitKind.Orders
                : RateLimitKind.Unknown;
            if (kind != RateLimitKind.Unknown
                && TryWindow(name.AsSpan(Weight.Length), out var window)
                && int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var used))
                gate.Observe(kind, window, used, account);
        }
    }

    /// <summary>Reads a window such as 1M or 10S.</summary>
    private static bool TryWindow(ReadOnlySpan<char> text, out TimeSpan window)
    {
        window = default;
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return false;
        window = text[^1] switch
        {
            'S' or 's' => TimeSpan.FromSeconds(count),
            'M' or 'm' => TimeSpan.FromMinutes(count),
            'H' or 'h' => TimeSpan.FromHours(count),
            'D' or 'd' => TimeSpan.FromDays(count),
            _ => default,
        };
        return window > TimeSpan.Zero;
    }
}
