using System.Globalization;

namespace OrleansTrader.Core.Strategies;

/// <summary>What a vote looked at.</summary>
public enum VoteKind : byte
{
    None,

    /// <summary>Fast average minus slow average, in quote currency; above 0 is up.</summary>
    AverageCross,

    /// <summary>Relative strength index, 0 to 100; above the threshold the move is too far gone.</summary>
    OverboughtRsi,

    /// <summary>Relative strength index, 0 to 100; below the threshold the move has no strength.</summary>
    WeakRsi,

    /// <summary>The same distance one bar before; above the threshold the averages had crossed already.</summary>
    FreshCross,
}

/// <summary>One reason of a signal: what was looked at, its value, the threshold, and which way and how strongly it spoke.</summary>
/// <param name="Weight">-1 (against owning) to +1 (for owning); 0 has no opinion.</param>
public readonly record struct Vote(VoteKind Kind, double Weight, double Value, double Threshold)
{
    public string Describe() => Kind switch
    {
        VoteKind.AverageCross => string.Create(CultureInfo.InvariantCulture, $"fast average {(Value > Threshold ? "above" : "below")} slow by {Amount(Math.Abs(Value))} ({Weight:+0.0;-0.0;0})"),
        VoteKind.OverboughtRsi => string.Create(CultureInfo.InvariantCulture, $"RSI {Value:0.0} against the ceiling of {Threshold:0} ({Weight:+0.0;-0.0;0})"),
        VoteKind.WeakRsi => string.Create(CultureInfo.InvariantCulture, $"RSI {Value:0.0} against the floor of {Threshold:0} ({Weight:+0.0;-0.0;0})"),
        VoteKind.FreshCross => string.Create(CultureInfo.InvariantCulture, $"averages crossed {(Value > Threshold ? "before, and entries come with the cross only" : "with this bar")} ({Weight:+0.0;-0.0;0})"),
        _ => "no vote",
    };

    private static string Amount(double value) =>
        value.ToString(value switch { >= 100 => "0.0", >= 1 => "0.000", _ => "0.########" }, CultureInfo.InvariantCulture);
}
