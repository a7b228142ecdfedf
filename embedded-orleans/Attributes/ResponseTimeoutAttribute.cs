using System.Globalization;

namespace Orleans;

/// <summary>How long callers of this method wait for its answer, instead of the response timeout of the silo.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    /// <summary>Given as text, such as <c>00:00:05</c>.</summary>
    public TimeSpan? Timeout { get; set; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
}
