namespace Orleans.Runtime;

/// <summary>The result of a method that returns none.</summary>
internal readonly struct NoResult;
