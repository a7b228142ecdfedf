using OrleansTrader.Core.Risk;
using OrleansTrader.Silo.Entries;

namespace OrleansTrader.Api;

/// <summary>What a control command did.</summary>
/// <param name="Changed">False when it was so already.</param>
/// <param name="Meaning">What the account does from now on, in a sentence or two.</param>
/// <param name="EntryObstacles">What keeps it from opening positions all the same; empty while nothing does.</param>
public sealed record ControlAnswer(RunState Run, bool Changed, string Meaning, IReadOnlyList<EntryObstacle> EntryObstacles);
