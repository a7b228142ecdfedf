using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Keeps reminders in one file that is replaced as a whole: a crash leaves the old content or the new.</summary>
internal sealed class FileReminderTable : IReminderTable, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly string _path;
    private Dictionary<(GrainId Grain, string Name), ReminderEntry> _entries;

    /// <exception cref="InvalidDataException">The file is damaged; a service that forgot its reminders would seem to work.</exception>
    public FileReminderTable(string path)
    {
        _path = path;
        _entries = ReminderFile.Read(path).ToDictionary(entry => (entry.GrainId, entry.ReminderName));
    }

    public Task<IReadOnlyList<ReminderEntry>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ReminderEntry>>([.. _entries.Values]);

    public Task WriteAsync(ReminderEntry entry, CancellationToken cancellationToken) =>
        ChangeAsync(entries => entries[(entry.GrainId, entry.ReminderName)] = entry, cancellationToken);

    public Task RemoveAsync(GrainId grainId, string reminderName, CancellationToken cancellationToken) =>
        ChangeAsync(entries => entries.Remove((grainId, reminderName)), cancellationToken);

    public void Dispose() => _gate.Dispose();

    private async Task ChangeAsync(Action<Dictionary<(GrainId Grain, string Name), ReminderEntry>> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var next = new Dictionary<(GrainId Grain, string Name), ReminderEntry>(_entries);
            change(next);
            ReminderFile.Write(_path, next.Values);
            // Replaced, never changed: who reads beside it sees the old entries or the new.
            _entries = next;
        }
        finally
        {
            _gate.Release();
        }
    }
}
