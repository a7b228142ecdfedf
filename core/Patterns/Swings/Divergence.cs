namespace OrleansTrader.Core.Patterns.Swings;

/// <summary>How price and strength part.</summary>
public enum DivergenceKind : byte
{
    None,

    /// <summary>The price goes beyond its last swing and the strength does not: the move tires.</summary>
    Regular,

    /// <summary>The strength goes beyond that of the last swing and the price does not: the trend before goes on.</summary>
    Hidden,
}

/// <summary>Two swings of one kind between which price and relative strength went different ways; the default value is none.</summary>
/// <param name="From">The earlier swing.</param>
/// <param name="To">The later swing.</param>
/// <param name="FromRsi">Relative strength index at the earlier swing, 0 to 100.</param>
/// <param name="ToRsi">Relative strength index at the later swing, 0 to 100.</param>
public readonly record struct Divergence(DivergenceKind Kind, Swing From, Swing To, double FromRsi, double ToRsi);
