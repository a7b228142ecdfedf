using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Keeps reminders as long as the host lives.</summary>
internal sealed class MemoryReminderTable : IReminderTable
{
    private readonly ConcurrentDictionary<(GrainId Grain, string Name), ReminderEntry> _entries = new();

    public Task<IReadOnlyList<ReminderEntry>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ReminderEntry>>([.. _entries.Values]);

    public Task WriteAsync(ReminderEntry entry, CancellationToken cancellationToken)
    {
        _entries[(entry.GrainId, entry.ReminderName)] = entry;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(GrainId grainId, string reminderName, CancellationToken cancellationToken)
    {
        _entries.TryRemove((grainId, reminderName), out _);
        return Task.CompletedTask;
    }
}
