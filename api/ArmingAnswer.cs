using OrleansTrader.Silo.Entries;

namespace OrleansTrader.Api;

/// <summary>Whether the account may open positions with its money at the exchange.</summary>
/// <param name="Changed">False when it was so already.</param>
/// <param name="Meaning">What that does, in one sentence.</param>
/// <param name="EntryObstacles">What keeps it from opening positions all the same; empty while nothing does.</param>
public sealed record ArmingAnswer(bool IsArmed, bool Changed, string Meaning, IReadOnlyList<EntryObstacle> EntryObstacles);
