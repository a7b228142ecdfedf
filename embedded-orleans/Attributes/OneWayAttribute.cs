namespace Orleans.Concurrency;

/// <summary>The caller does not wait for this method and never sees its errors.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
