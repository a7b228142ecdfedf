using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Core.Strategies.Exits;

/// <summary>
/// Where the stop and the target of a trade lie, how its stop follows the price, and what else ends it. They concern trades with a
/// stop; strategies that trade without one by design are left alone. A risk is the way from the entry down to the first stop.
/// </summary>
public sealed record ExitRules
{
    private readonly ImmutableArray<PartialExit> _parts = [];

    /// <summary>Where the stop of an entry lies. Default where the strategy puts it.</summary>
    public StopRule Stop { get; init; }

    /// <summary>Bars of the average true range that is counted in. Default 14.</summary>
    [Range(2, 400)]
    public int AtrPeriod { get; init; } = 14;

    /// <summary>Average true ranges down to the stop, for <c>atr</c> and <c>chandelier</c>. Default 2.5.</summary>
    [Range(0.1, 50.0)]
    public double StopInRanges { get; init; } = 2.5;

    /// <summary>Share of the close down to the stop, for <c>percent</c>. Default 5 %.</summary>
    [Range(0.001, 0.9)]
    public double StopShare { get; init; } = 0.05;

    /// <summary>Average true ranges from the latest swing low down to the stop, for <c>structure</c>. Default 0.5.</summary>
    [Range(0.0, 10.0)]
    public double StructureMargin { get; init; } = 0.5;

    /// <summary>Bars whose highest high a <c>chandelier</c> hangs from. Default 22.</summary>
    [Range(2, 1000)]
    public int ChandelierPeriod { get; init; } = 22;

    /// <summary>Where the target of an entry lies. Default where the strategy puts it.</summary>
    public TargetRule Target { get; init; }

    /// <summary>Risks up to the target, for <c>risk</c>. Default 2.</summary>
    [Range(0.1, 100.0)]
    public double TargetInRisks { get; init; } = 2;

    /// <summary>By which rule the stop follows the price, never downwards. Default <c>strategy</c>: it does not.</summary>
    public StopRule Trail { get; init; }

    /// <summary>Average true ranges from the price down to the stop that follows, for <c>atr</c> and <c>chandelier</c>. Default 3.</summary>
    [Range(0.1, 50.0)]
    public double TrailInRanges { get; init; } = 3;

    /// <summary>Share of the close down to the stop that follows, for <c>percent</c>. Default 5 %.</summary>
    [Range(0.001, 0.9)]
    public double TrailShare { get; init; } = 0.05;

    /// <summary>Risks that the price must have gained at a close before the stop follows it. Default 0: from the entry on.</summary>
    [Range(0.0, 100.0)]
    public decimal TrailFromRisks { get; init; }

    /// <summary>Risks gained at a close at which the stop is put where the sale pays back entry and fees; 0 for never.</summary>
    [Range(0.0, 100.0)]
    public decimal BreakEvenFromRisks { get; init; }

    /// <summary>Share of the price that this stop lies higher, for what the sale may slip. Default 0.</summary>
    [Range(0.0, 0.05)]
    public decimal BreakEvenMargin { get; init; }

    /// <summary>Share of the price by which a stop must rise to be worth the moment without one that moving it takes. Default 0.2 %.</summary>
    [Range(0.0, 0.1)]
    public decimal LeastRaise { get; init; } = 0.002m;

    /// <summary>Parts that are sold on the way up, as pairs of risks gained at a close and share of what was bought, such as <c>1:0.5,2:0.25</c>; empty for none.</summary>
    [RegularExpression(PartialExit.Pattern, ErrorMessage = "pairs of risks and share, such as 1:0.5,2:0.25, the risks rising and the shares below 1 together")]
    public string Partials
    {
        get;
        init
        {
            field = value;
            _parts = PartialExit.Parse(value);
        }
    } = "";

    /// <summary>Bars after which a trade is left that has not gained more than <see cref="TimeStopRisks"/>; 0 for no end.</summary>
    [Range(0, 100_000)]
    public int TimeStopBars { get; init; }

    /// <summary>Risks that it must have gained to stay. Default 0: any gain will do.</summary>
    [Range(0.0, 100.0)]
    public decimal TimeStopRisks { get; init; }

    /// <summary>Seconds for which a position may lack its confirmed stop when a bar closes; then it is sold at the market. Default 300; 0 for any time.</summary>
    [Range(0, 1_000_000)]
    public int MaxUnprotectedSeconds { get; init; } = 300;

    /// <summary><see cref="Partials"/>, in the order in which they come.</summary>
    public ImmutableArray<PartialExit> Parts => _parts;

    /// <summary>Why the rules cannot be used together; null when they can.</summary>
    public string? Problem
    {
        get
        {
            var (last, sum) = (0m, 0m);
            foreach (var part in Parts)
            {
                if (part.Risks <= last) return $"Partials is '{Partials}'; its risks must be above 0 and rise.";
                if (part.Share <= 0) return $"Partials is '{Partials}'; its shares must be above 0.";
                (last, sum) = (part.Risks, sum + part.Share);
            }

            return sum >= 1 ? $"Partials is '{Partials}'; its shares must be less than 1 together." : null;
        }
    }

    /// <summary>True when something is to be looked at on every bar of a trade.</summary>
    internal bool Leads => Trail != StopRule.Strategy || BreakEvenFromRisks > 0 || !Parts.IsEmpty || TimeStopBars > 0;

    internal bool PlacesLevels => Stop != StopRule.Strategy || Target != TargetRule.Strategy || Trail != StopRule.Strategy;
}
