namespace OrleansTrader.Adapters.Journal;

/// <summary>What a journal holds that is as it was written, from its first fact to its head.</summary>
/// <param name="Facts">The number of the last one.</param>
/// <param name="UnfinishedBytes">What a crash, or an append under way, has left behind the last whole line.</param>
public sealed record JournalReport(string Account, long Batches, long Facts, long Bytes, long UnfinishedBytes)
{
    /// <summary>So many segments were read.</summary>
    public int Segments { get; init; } = 1;

    /// <summary>The number of the last fact that was let go of, since it was old enough and a snapshot covered it; 0 for none.</summary>
    public long LetGo { get; init; }

    /// <summary>When that was, UTC.</summary>
    public DateTime LetGoAt { get; init; }
}
