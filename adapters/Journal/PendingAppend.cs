using System.Text.Json;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>A batch that waits to be written, and what became of it.</summary>
internal sealed class PendingAppend(JournalBatch batch)
{
    // Whoever waits goes on by itself: the next group must not wait for what they do.
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JournalBatch Batch => batch;

    /// <summary>Made by whoever appends, so that the one who writes for all need not.</summary>
    public byte[] Json { get; } = JsonSerializer.SerializeToUtf8Bytes(batch, JournalJson.LineOptions);

    /// <summary>Where its line ends.</summary>
    public JournalMark End { get; set; }

    /// <summary>Ends when it is durable, or will not be.</summary>
    public Task Done => _done.Task;

    /// <summary>It is durable, unless it has failed before.</summary>
    /// <returns>False when it has.</returns>
    public bool Complete() => _done.TrySetResult();

    public void Fail(Exception failure) => _done.TrySetException(failure);
}
