using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;

namespace OrleansTrader.Core.Ports;

/// <summary>The facts of one turn of an account: written whole or not at all.</summary>
/// <param name="FirstSequence">The number of the first fact; the others follow without a gap.</param>
/// <param name="StepTime">The step in which they were made, UTC.</param>
/// <param name="Phase">How far that step had come.</param>
/// <param name="Equity">The account's equity at the latest closes, with its peak and deepest fall.</param>
/// <param name="Marks">Where each symbol stood, by slot.</param>
/// <param name="Peak">The equity from which the limit of the drawdown counts; 0 while nobody watches, and before it was written down.</param>
public sealed record JournalBatch(
    long FirstSequence,
    DateTime StepTime,
    StepPhase Phase,
    EquityMark Equity,
    ImmutableArray<SymbolMark> Marks,
    ImmutableArray<Fact> Facts,
    double Peak = 0)
{
    public long LastSequence => FirstSequence + Facts.Length - 1;
}
