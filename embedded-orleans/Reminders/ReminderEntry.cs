using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>A registered reminder: ticks fall on <c>StartAt</c> and every <c>Period</c> after it.</summary>
public sealed record ReminderEntry(GrainId GrainId, string ReminderName, DateTimeOffset StartAt, TimeSpan Period) : IGrainReminder;
