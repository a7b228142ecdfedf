using System.Globalization;

namespace OrleansTrader.Core.Market;

/// <summary>A count with what is counted, in words that agree with it.</summary>
public static class Counted
{
    /// <summary>Such as "1 bar" and "3 bars"; the count is rounded to a whole number.</summary>
    /// <param name="many">What stands after any count but 1; null for <paramref name="one"/> with an s.</param>
    public static string Of(decimal count, string one, string? many = null)
    {
        var text = count.ToString("0", CultureInfo.InvariantCulture);
        return $"{text} {(text is "1" ? one : many ?? $"{one}s")}";
    }

    /// <summary>The words alone, where the count stands apart from them.</summary>
    /// <inheritdoc cref="Of"/>
    public static string Word(long count, string one, string? many = null) => count == 1 ? one : many ?? $"{one}s";
}
