using System.Globalization;
using System.Text.Json.Serialization;

namespace OrleansTrader.Core.Market;

/// <summary>The length of a bar, written as Binance writes it: <c>1m</c>, <c>15m</c>, <c>1h</c>, <c>4h</c>, <c>1d</c>, <c>1w</c>.</summary>
[JsonConverter(typeof(IntervalJsonConverter))]
public readonly record struct Interval : IComparable<Interval>
{
    private Interval(TimeSpan length) => Length = length;

    /// <summary>Always positive and a whole number of seconds; zero only in the default value, which is no interval.</summary>
    public TimeSpan Length { get; }

    public static Interval OneMinute { get; } = new(TimeSpan.FromMinutes(1));

    public static Interval OneHour { get; } = new(TimeSpan.FromHours(1));

    // 1970-01-01 was a Thursday.
    private DateTime Origin => Length.Ticks % TimeSpan.FromDays(7).Ticks == 0 ? DateTime.UnixEpoch.AddDays(4) : DateTime.UnixEpoch;

    /// <summary>The time at which a bar that opened at <paramref name="openTime"/> closes.</summary>
    public DateTime CloseOf(DateTime openTime) => openTime + Length;

    /// <summary>
    /// The time at which the bar opened in which that time lies: bars begin at multiples of their length from 1970-01-01 UTC, those
    /// of whole weeks on Mondays.
    /// </summary>
    public DateTime StartOf(DateTime time)
    {
        var into = (time.Ticks - Origin.Ticks) % Length.Ticks;
        return new DateTime(time.Ticks - (into < 0 ? into + Length.Ticks : into), DateTimeKind.Utc);
    }

    /// <summary>True when each bar of the longer interval consists of whole bars of this one.</summary>
    public bool Divides(Interval longer) =>
        Length > TimeSpan.Zero && longer >= this
        && longer.Length.Ticks % Length.Ticks == 0 && (longer.Origin - Origin).Ticks % Length.Ticks == 0;

    public int CompareTo(Interval other) => Length.CompareTo(other.Length);

    public static bool operator <(Interval left, Interval right) => left.CompareTo(right) < 0;

    public static bool operator >(Interval left, Interval right) => left.CompareTo(right) > 0;

    public static bool operator <=(Interval left, Interval right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Interval left, Interval right) => left.CompareTo(right) >= 0;

    /// <exception cref="FormatException">The text is not a whole number followed by s, m, h, d or w.</exception>
    public static Interval Parse(string text) =>
        TryParse(text, out var interval)
            ? interval
            : throw new FormatException($"'{text}' is not an interval; write a whole number and s, m, h, d or w, such as 1m, 15m, 1h or 1d.");

    /// <summary>False when the length is not a whole number of seconds above 0.</summary>
    public static bool TryFrom(TimeSpan length, out Interval interval)
    {
        var isOne = length > TimeSpan.Zero && length.Ticks % TimeSpan.TicksPerSecond == 0;
        interval = isOne ? new Interval(length) : default;
        return isOne;
    }

    public static bool TryParse(string? text, out Interval interval)
    {
        interval = default;
        if (text is not { Length: >= 2 and <= 6 }
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count < 1)
            return false;

        TimeSpan? unit = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            'w' => TimeSpan.FromDays(7),
            _ => null,
        };
        if (unit is null) return false;
        interval = new Interval(unit.Value * count);
        return true;
    }

    public override string ToString() => Length switch
    {
        { Ticks: 0 } => "",
        var l when l.Ticks % TimeSpan.FromDays(7).Ticks == 0 => Text(l, TimeSpan.FromDays(7), 'w'),
        var l when l.Ticks % TimeSpan.TicksPerDay == 0 => Text(l, TimeSpan.FromDays(1), 'd'),
        var l when l.Ticks % TimeSpan.TicksPerHour == 0 => Text(l, TimeSpan.FromHours(1), 'h'),
        var l when l.Ticks % TimeSpan.TicksPerMinute == 0 => Text(l, TimeSpan.FromMinutes(1), 'm'),
        var l => Text(l, TimeSpan.FromSeconds(1), 's'),
    };

    private static string Text(TimeSpan length, TimeSpan unit, char suffix) =>
        string.Create(CultureInfo.InvariantCulture, $"{length.Ticks / unit.Ticks}{suffix}");
}
