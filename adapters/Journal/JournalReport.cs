namespace OrleansTrader.Adapters.Journal;

/// <summary>What a journal holds that is as it was written, from its first fact to its head.</summary>
/// <param name="UnfinishedBytes">What a crash, or an append under way, has left behind the last whole line.</param>
public sealed record JournalReport(string Account, long Batches, long Facts, long Bytes, long UnfinishedBytes);
