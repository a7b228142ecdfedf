using System.Text.Json;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Between which times the facts of a segment lie, so that who asks for other times need not read it.</summary>
/// <param name="From">The earliest, UTC; later than <paramref name="To"/> while there is none.</param>
/// <param name="To">The latest.</param>
internal readonly record struct JournalTimes(DateTime From, DateTime To)
{
    public static JournalTimes None { get; } = new(DateTime.MaxValue, DateTime.MinValue);

    /// <summary>Of a segment that cannot be looked into.</summary>
    public static JournalTimes Any { get; } = new(DateTime.MinValue, DateTime.MaxValue);

    public JournalTimes With(JournalBatch batch)
    {
        var times = With(batch.StepTime);
        foreach (var fact in batch.Facts) times = times.With(fact.Time);
        return times;
    }

    /// <summary>Without making a batch of it: a start looks at all that the latest segment has.</summary>
    public JournalTimes With(ReadOnlySpan<byte> json)
    {
        var times = this;
        var reader = new Utf8JsonReader(json);
        var isTime = false;
        while (reader.Read())
        {
            if (isTime && reader.TokenType == JsonTokenType.String && reader.TryGetDateTime(out var time)) times = times.With(time);
            isTime = reader.TokenType == JsonTokenType.PropertyName && (reader.ValueTextEquals("Time"u8) || reader.ValueTextEquals("StepTime"u8));
        }

        return times;
    }

    public bool Touch(DateTime? from, DateTime? to) => !(to < From) && !(from > To);

    // A fact without a time is one of its step.
    private JournalTimes With(DateTime time) => time == default ? this : new(time < From ? time : From, time > To ? time : To);
}
