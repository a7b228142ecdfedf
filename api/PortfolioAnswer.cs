using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Api;

/// <summary>The money of the account, in quote currency.</summary>
/// <param name="Sequence">The number of the latest fact.</param>
/// <param name="Flows">What was paid in since the start, less what was paid out.</param>
/// <param name="DayBegin">The equity with which the market's day began (00:00 UTC), or the account within it, and what was paid in since; null before the first step.</param>
/// <param name="External">What its owner holds beside the positions, which is part of the equity.</param>
/// <param name="Curve">Equity over time, oldest first.</param>
/// <param name="Obstacle">Why no position is opened now, in a sentence, such as a database that is away; null while nothing stands in the way.</param>
public sealed record PortfolioAnswer(
    string Account,
    long Sequence,
    decimal StartCash,
    decimal Flows,
    decimal Cash,
    decimal Reserved,
    PortfolioFigures Figures,
    EquityPoint? DayBegin,
    ImmutableArray<EquityPoint> Curve,
    ImmutableArray<ExternalView> External,
    string? Obstacle)
{
    /// <summary>The same in the other currency that the owner has named; null where none is.</summary>
    public ValuationAnswer? Valuation { get; init; }
}
