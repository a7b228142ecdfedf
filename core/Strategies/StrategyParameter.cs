using System.Globalization;

namespace OrleansTrader.Core.Strategies;

/// <summary>A number that a strategy can be tuned by.</summary>
/// <param name="Name">Unique within its strategy, whatever the case of its letters.</param>
/// <param name="Default">Its value unless another is given.</param>
/// <param name="Min">The least that makes sense.</param>
/// <param name="Max">The most that makes sense.</param>
/// <param name="Step">In such steps a search goes from the least to the most; 1 where only whole numbers make sense.</param>
/// <param name="Summary">What it does, with its unit.</param>
public sealed record StrategyParameter(string Name, double Default, double Min, double Max, double Step, string Summary)
{
    public bool IsWhole => Step == 1;

    /// <summary>What is allowed, in words.</summary>
    public string Allowed => string.Create(CultureInfo.InvariantCulture, $"a {(IsWhole ? "whole " : "")}number from {Min} to {Max}");

    /// <summary>A number of bars.</summary>
    public static StrategyParameter Bars(string name, int standard, int min, int max, string summary) => new(name, standard, min, max, 1, summary);

    public bool Allows(double value) => value >= Min && value <= Max && (!IsWhole || value == Math.Floor(value));
}
