namespace Orleans;

/// <summary>Idle collection never touches activations of this grain.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepAliveAttribute : Attribute;
