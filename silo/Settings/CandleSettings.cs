using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using OrleansTrader.Adapters.Feeds;

namespace OrleansTrader.Silo.Settings;

/// <summary>For how long candle files are kept; only <c>trader data clean</c> removes any.</summary>
public sealed class CandleSettings
{
    public const string Section = "Candles";

    /// <summary>What stands for every interval that is not named.</summary>
    public const string Others = "all";

    private const int MostDays = 36_500;

    /// <summary>Days by interval, as they are written, or by <see cref="Others"/>; an interval without is kept for ever. Default none.</summary>
    public ImmutableSortedDictionary<string, string> KeepDays { get; init; } = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is allowed, for a message.</summary>
    public static string Allowed => string.Create(CultureInfo.InvariantCulture, $"a whole number of days from 1 to {MostDays}");

    /// <summary>Whether a text is an interval, or all, and days for which it can be kept, such as 1m=90.</summary>
    public static bool IsAllowed(string entry) => entry?.Split('=', 2) is [var name, var days] && (IsOthers(name) || SettingForms.TryInterval(name, out _)) && DaysOf(days) is not null;

    /// <summary>This group alone, for what needs no service.</summary>
    /// <exception cref="SettingsException">A setting of it is wrong.</exception>
    public static CandleSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = reader.Read<CandleSettings>(Section);
        foreach (var problem in settings.Problems()) reader.Add(problem);
        reader.ThrowIfAny();
        return settings;
    }

    /// <summary>A sentence for each entry that cannot be.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (interval, days) in KeepDays)
        {
            if (!IsOthers(interval) && !SettingForms.TryInterval(interval, out _)) yield return $"{Section}:{nameof(KeepDays)}:{interval} names no interval; write {SettingForms.Interval}, or {Others}.";
            else if (DaysOf(days) is null) yield return $"{Section}:{nameof(KeepDays)}:{interval} is '{days}'; it must be {Allowed}.";
        }
    }

    /// <summary>The same as numbers, without what cannot be.</summary>
    public CandleRetention ToRetention()
    {
        var retention = new CandleRetention();
        foreach (var (name, text) in KeepDays)
        {
            if (DaysOf(text) is not { } days) continue;
            if (IsOthers(name)) retention = retention with { Others = days };
            else if (SettingForms.TryInterval(name, out var interval)) retention = retention with { Days = retention.Days.SetItem(interval, days) };
        }

        return retention;
    }

    private static bool IsOthers(string name) => string.Equals(name, Others, StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? DaysOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostDays ? TimeSpan.FromDays(days) : null;
}
