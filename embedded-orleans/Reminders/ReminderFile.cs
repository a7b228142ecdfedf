using System.Text.Json;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>How reminders are written: a JSON array of rows, replaced as a whole.</summary>
internal static class ReminderFile
{
    /// <exception cref="InvalidDataException">The file is there and does not hold what was written.</exception>
    public static IReadOnlyList<ReminderEntry> Read(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            var rows = JsonSerializer.Deserialize<Row?[]>(File.ReadAllBytes(path)) ?? throw new FormatException("it holds no list");
            var entries = Array.ConvertAll(rows, EntryOf);
            var twice = entries.GroupBy(entry => (entry.GrainId, entry.ReminderName)).FirstOrDefault(group => group.Count() > 1);
            return twice is null ? entries : throw new FormatException($"it names {twice.Key.ReminderName} of {twice.Key.GrainId} twice");
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidDataException(
                $"The reminders in {path} are damaged ({ReasonOf(error)}); move the file away and start again: grains register what they need anew.", error);
        }
    }

    public static void Write(string path, IEnumerable<ReminderEntry> entries)
    {
        var rows = entries
            .Select(entry => new Row(entry.GrainId.ToString(), entry.ReminderName, entry.StartAt, entry.Period))
            .OrderBy(row => row.Grain, StringComparer.Ordinal)
            .ThenBy(row => row.Name, StringComparer.Ordinal);
        AtomicFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(rows));
    }

    private static ReminderEntry EntryOf(Row? row) => row is { Grain.Length: > 0, Name.Length: > 0 } && row.Period > TimeSpan.Zero
        ? new ReminderEntry(GrainId.Parse(row.Grain), row.Name, row.StartAt, row.Period)
        : throw new FormatException("a row lacks its grain, its name or its period");

    private static string ReasonOf(Exception error) => error switch
    {
        JsonException { LineNumber: { } line, BytePositionInLine: { } column } => $"line {line + 1}, column {column + 1} cannot be read",
        FormatException => error.Message,
        _ => "it names a grain that cannot be",
    };

    private sealed record Row(string? Grain, string? Name, DateTimeOffset StartAt, TimeSpan Period);
}
