using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;

namespace OrleansTrader.Core.Ports;

/// <summary>The facts of one turn of an account: written whole or not at all.</summary>
/// <param name="FirstSequence">The number of the first fact; the others follow without a gap.</param>
/// <param name="StepTime">The step in which they were made, UTC.</param>
/// <param name="Phase">How far that step had come.</param>
/// <param name="Equity">Equity at the latest closes, quote currency.</param>
/// <param name="Peak">Highest equity until then, quote currency.</param>
/// <param name="MaxDrawdown">Deepest fall until then, as a share.</param>
/// <param name="Marks">The latest close of each symbol, by slot.</param>
public sealed record JournalBatch(
    long FirstSequence,
    DateTime StepTime,
    StepPhase Phase,
    double Equity,
    double Peak,
    double MaxDrawdown,
    ImmutableArray<double> Marks,
    ImmutableArray<Fact> Facts)
{
    public long LastSequence => FirstSequence + Facts.Length - 1;
}
