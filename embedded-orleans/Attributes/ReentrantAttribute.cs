namespace Orleans.Concurrency;

/// <summary>Requests of this grain interleave: at every await another one may run.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
