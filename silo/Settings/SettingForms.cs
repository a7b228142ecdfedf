using System.Globalization;
using System.Text.RegularExpressions;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Silo.Settings;

/// <summary>Forms of values that settings and command line share, each with what is allowed in words.</summary>
public static partial class SettingForms
{
    public const string Interval = "a whole number followed by s, m, h, d or w, such as 1m or 1h, and 4w at the most";
    public const string Time = "a UTC date or time, such as 2023-01-31 or 2023-01-31T12:00";
    public const string Symbols = "names of letters and digits separated by commas, such as BTCUSDT,ETHUSDT";

    /// <summary>What <see cref="Symbols"/> says, as a regular expression.</summary>
    public const string SymbolsPattern = @"\s*[A-Za-z0-9]{1,32}(\s*,\s*[A-Za-z0-9]{1,32})*\s*";

    // Beyond it an invented market would run out of dates.
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(28);

    // Nothing else: a time without a date would mean today, and 01/02/2023 two days.
    private static readonly string[] Times =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK"];

    /// <summary>At least one name; an empty text is none.</summary>
    public static bool IsSymbols(string text) => SymbolsForm().IsMatch(text);

    /// <summary>The names of such a text in capital letters.</summary>
    public static IReadOnlyList<string> SymbolsOf(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => name.ToUpperInvariant())];

    public static bool TryInterval(string text, out Interval interval) =>
        Core.Market.Interval.TryParse(text, out interval) && interval.Length <= LongestInterval;

    public static bool TryTime(string text, out DateTime time) => DateTime.TryParseExact(
        text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowLeadingWhite | DateTimeStyles.AllowTrailingWhite, out time);

    /// <summary>A name of several words as it is written in settings: <c>DryRun</c> is <c>dry-run</c>.</summary>
    public static string WordOf(string name) => string.Concat(name.Select((letter, at) => char.IsUpper(letter) ? $"{(at > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));

    [GeneratedRegex("^(" + SymbolsPattern + ")$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SymbolsForm();
}
