using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Where reminders are kept. A completed write survives a crash of the process if the table is durable.</summary>
public interface IReminderTable
{
    Task<IReadOnlyList<ReminderEntry>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Adds the entry or replaces the one of the same grain and name.</summary>
    Task WriteAsync(ReminderEntry entry, CancellationToken cancellationToken);

    /// <summary>Removes the entry if there is one.</summary>
    Task RemoveAsync(GrainId grainId, string reminderName, CancellationToken cancellationToken);
}
