namespace OrleansTrader.Core.Strategies;

/// <summary>Why a strategy of the owner cannot be used.</summary>
/// <param name="File">The file that it is written in.</param>
/// <param name="Text">A sentence that names the file and, where there is one, the line.</param>
public sealed record StrategyProblem(string File, string Text);
