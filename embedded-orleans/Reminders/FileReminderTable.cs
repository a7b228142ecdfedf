using System.Text.Json;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Keeps reminders in one JSON file that is replaced as a whole: a crash leaves the old content or the new.</summary>
internal sealed class FileReminderTable(string path) : IReminderTable, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Dictionary<(GrainId Grain, string Name), ReminderEntry>? _entries;

    public async Task<IReadOnlyList<ReminderEntry>> ReadAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return [.. Load().Values];
        }
        finally
        {
            _gate.Release();
        }
    }

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
            var next = new Dictionary<(GrainId Grain, string Name), ReminderEntry>(Load());
            change(next);
            var rows = next.Values
                .Select(entry => new Row(entry.GrainId.ToString(), entry.ReminderName, entry.StartAt, entry.Period))
                .OrderBy(row => row.Grain, StringComparer.Ordinal)
                .ThenBy(row => row.Name, StringComparer.Ordinal);
            AtomicFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(rows));
            _entries = next;
        }
        finally
        {
            _gate.Release();
        }
    }

    private Dictionary<(GrainId Grain, string Name), ReminderEntry> Load()
    {
        if (_entries is not null) return _entries;
        return _entries = ReadRows()
            .Select(row => new ReminderEntry(GrainId.Parse(row.Grain), row.Name, row.StartAt, row.Period))
            .ToDictionary(entry => (entry.GrainId, entry.ReminderName));
    }

    private List<Row> ReadRows()
    {
        if (!File.Exists(path)) return [];
        try
        {
            return JsonSerializer.Deserialize<List<Row>>(File.ReadAllBytes(path)) ?? [];
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The file of reminders {path} is damaged: {error.Message}", error);
        }
    }

    private sealed record Row(string Grain, string Name, DateTimeOffset StartAt, TimeSpan Period);
}
