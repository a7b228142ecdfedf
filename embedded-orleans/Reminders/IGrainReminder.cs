namespace Orleans.Runtime;

/// <summary>A reminder that a grain registered.</summary>
public interface IGrainReminder
{
    string ReminderName { get; }
}
