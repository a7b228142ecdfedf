namespace OrleansTrader.Silo.Entries;

/// <summary>Something that keeps the account from opening any position now.</summary>
/// <param name="Text">One sentence in plain English.</param>
public sealed record EntryObstacle(EntryObstacleKind Kind, string Text)
{
    /// <summary>True for what comes and goes with the positions themselves.</summary>
    internal bool IsDailyBusiness => Kind is EntryObstacleKind.TooManyPositions or EntryObstacleKind.TotalExposure;
}
