using System.Collections.Immutable;

namespace OrleansTrader.GrainInterfaces;

/// <summary>Whether an account is open. The zero value is the unsafe one.</summary>
public enum OpenResult : byte
{
    /// <summary>It could not be opened, or not be rebuilt from its journal.</summary>
    Failed,
    Open,

    /// <summary>It is bound to another market.</summary>
    BoundElsewhere,

    /// <summary>It holds, or has an order for, symbols that the market does not have.</summary>
    LacksSymbols,
}

/// <summary>What came of opening an account.</summary>
/// <param name="Market">The market that it is bound to; empty when nobody knows.</param>
/// <param name="Missing">The symbols that it needs and the market lacks.</param>
/// <param name="Problem">What the owner has to mend, in a sentence; empty unless the opening failed.</param>
public sealed record OpenOutcome(OpenResult Result, string Market, ImmutableArray<string> Missing, string Problem)
{
    public static OpenOutcome Open(string market) => new(OpenResult.Open, market, Missing: [], Problem: "");

    public static OpenOutcome BoundElsewhere(string market) => new(OpenResult.BoundElsewhere, market, Missing: [], Problem: "");

    public static OpenOutcome Lacking(ImmutableArray<string> missing, string market) => new(OpenResult.LacksSymbols, market, missing, Problem: "");

    public static OpenOutcome Failed(string problem) => new(OpenResult.Failed, Market: "", Missing: [], problem);
}
