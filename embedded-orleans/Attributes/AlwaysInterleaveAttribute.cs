namespace Orleans.Concurrency;

/// <summary>This method of a grain interface runs between the awaits of any other request.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
