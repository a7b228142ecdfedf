using System.Globalization;

namespace Orleans;

/// <summary>How long an activation of this grain may be idle before it is collected. The parts add up, and are a minute at least.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CollectionAgeLimitAttribute : Attribute
{
    /// <summary>The shortest age that the parts can ask for; a period given as text may be shorter.</summary>
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    private readonly TimeSpan? _inactivityPeriod;

    public CollectionAgeLimitAttribute()
    {
    }

    /// <summary>The period as text, such as <c>00:30:00</c>.</summary>
    public CollectionAgeLimitAttribute(string inactivityPeriod) =>
        _inactivityPeriod = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);

    public double Days { get; set; }

    public double Hours { get; set; }

    public double Minutes { get; set; }

    public bool AlwaysActive { get; set; }

    public TimeSpan AgeLimit => AlwaysActive
        ? Timeout.InfiniteTimeSpan
        : _inactivityPeriod ?? Sum();

    private TimeSpan Sum()
    {
        var sum = TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
        return sum < MinAgeLimit ? MinAgeLimit : sum;
    }
}
