using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>
/// Durable timers of grains: they outlive the activation and the process, and activate the grain when they tick. Ticks that fall
/// into a time without a running silo are lost.
/// </summary>
public static class GrainReminderExtensions
{
    /// <summary>
    /// Reminds the grain, which implements <see cref="IRemindable"/>, after <c>dueTime</c> and then every <c>period</c>, at least the
    /// configured minimum of one minute.
    /// </summary>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        if (grain is not IRemindable)
            throw new InvalidOperationException($"{grain.GetType()} must implement IRemindable to register the reminder '{reminderName}'.");
        return ServiceOf(grain).RegisterAsync(grain.GrainContext.GrainId, reminderName, dueTime, period);
    }

    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        RegisterOrUpdateReminder((IGrainBase)grain, reminderName, dueTime, period);

    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) => ServiceOf(grain).UnregisterAsync(reminder);

    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) => UnregisterReminder((IGrainBase)grain, reminder);

    /// <summary>The reminder of that name; null when there is none.</summary>
    public static async Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName)
    {
        var reminders = await grain.GetReminders();
        return reminders.Find(reminder => string.Equals(reminder.ReminderName, reminderName, StringComparison.Ordinal));
    }

    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) => GetReminder((IGrainBase)grain, reminderName);

    [SuppressMessage("Design", "MA0016", Justification = "The signature is Orleans' own.")]
    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) =>
        ServiceOf(grain).RemindersOfAsync(grain.GrainContext.GrainId);

    [SuppressMessage("Design", "MA0016", Justification = "The signature is Orleans' own.")]
    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => GetReminders((IGrainBase)grain);

    private static ReminderService ServiceOf(IGrainBase grain) => Activation.Of(grain).Silo.Services.GetService<ReminderService>()
        ?? throw new InvalidOperationException("The silo has no reminders; configure it with UseInMemoryReminderService or UseFileReminderService.");
}
