namespace Orleans.Concurrency;

/// <summary>This method of a grain interface changes nothing and may interleave with others of its kind.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
