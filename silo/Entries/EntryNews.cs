namespace OrleansTrader.Silo.Entries;

/// <summary>Tells what is new of what keeps an account from opening positions: once as it begins, once as it changes, once as it ends.</summary>
internal sealed class EntryNews
{
    private EntryObstacleKind[] _seen = [];
    private EntryObstacleKind[] _told = [];

    /// <summary>Takes what one look has found; what is gone again at the next, and what comes and goes with the positions, is not told.</summary>
    /// <returns>The reasons, empty where nothing stands in the way any more; null when there is nothing new.</returns>
    public string? Take(IReadOnlyList<EntryObstacle> found)
    {
        var lasting = found.Where(obstacle => !obstacle.IsDailyBusiness).ToList();
        EntryObstacleKind[] kinds = [.. lasting.Select(obstacle => obstacle.Kind)];
        var isSeenAgain = kinds.SequenceEqual(_seen);
        _seen = kinds;
        if (!isSeenAgain || kinds.SequenceEqual(_told)) return null;
        _told = kinds;
        return string.Join(' ', lasting.Select(obstacle => obstacle.Text));
    }
}
