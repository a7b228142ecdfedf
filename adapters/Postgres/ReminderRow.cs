namespace OrleansTrader.Adapters.Postgres;

/// <summary>A reminder of a grain as it is stored.</summary>
/// <param name="Grain">The grain's id as text.</param>
public sealed record ReminderRow(string Grain, string Name, DateTimeOffset StartAt, TimeSpan Period);
