using Microsoft.Extensions.Options;
using Orleans.Embedded;
using Orleans.Hosting;

namespace Orleans.Runtime;

/// <summary>Calls grains when their reminders are due. Its work runs as turns of its own, like that of a grain.</summary>
internal sealed class ReminderService(Silo silo, IReminderTable table, IOptions<ReminderOptions> options)
{
    private readonly ActivationTaskScheduler _scheduler = new(silo.Turns, target: null);
    private readonly Dictionary<(GrainId Grain, string Name), LocalReminder> _reminders = [];
    private bool _stopped;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in await table.ReadAsync(cancellationToken)) _scheduler.Queue(() => Add(entry)?.StartAfterMissed());
    }

    public void Stop() => _scheduler.Queue(() =>
    {
        _stopped = true;
        foreach (var reminder in _reminders.Values) reminder.Dispose();
        _reminders.Clear();
    });

    public async Task<IGrainReminder> RegisterAsync(GrainId grainId, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        if (period < options.Value.MinimumReminderPeriod)
        {
            throw new ArgumentException(
                $"The reminder '{name}' of {grainId} has a period of {period}; the minimum is {options.Value.MinimumReminderPeriod}.", nameof(period));
        }

        var entry = new ReminderEntry(grainId, name, silo.Time.GetUtcNow() + dueTime, period);
        await table.WriteAsync(entry, CancellationToken.None);
        _scheduler.Queue(() => Add(entry)?.Start());
        return entry;
    }

    public async Task UnregisterAsync(IGrainReminder reminder)
    {
        var entry = reminder as ReminderEntry ?? throw new ArgumentException("This reminder was not registered here.", nameof(reminder));
        await table.RemoveAsync(entry.GrainId, entry.ReminderName, CancellationToken.None);
        _scheduler.Queue(() => Remove(entry));
    }

    public async Task<List<IGrainReminder>> RemindersOfAsync(GrainId grainId)
    {
        var entries = await table.ReadAsync(CancellationToken.None);
        return [.. entries.Where(entry => entry.GrainId == grainId)];
    }

    private LocalReminder? Add(ReminderEntry entry)
    {
        Remove(entry);
        if (_stopped) return null;
        return _reminders[KeyOf(entry)] = new LocalReminder(
            entry, silo.Time, reminder => _scheduler.Queue(() => _ = TickAsync(reminder)));
    }

    private void Remove(ReminderEntry entry)
    {
        if (_reminders.Remove(KeyOf(entry), out var reminder)) reminder.Dispose();
    }

    private async Task TickAsync(LocalReminder reminder)
    {
        if (!IsCurrent(reminder)) return;
        var entry = reminder.Entry;
        try
        {
            var grain = (IRemindable)silo.References.Typed(entry.GrainId, typeof(IRemindable));
            await grain.ReceiveReminder(
                entry.ReminderName, new TickStatus(entry.StartAt.UtcDateTime, entry.Period, silo.Time.GetUtcNow().UtcDateTime));
        }
        catch (Exception error)
        {
            silo.Logger.ReminderFailed(error, entry.ReminderName, entry.GrainId);
        }

        if (IsCurrent(reminder)) reminder.Next();
    }

    /// <summary>False when the reminder was changed or removed in the meantime.</summary>
    private bool IsCurrent(LocalReminder reminder) =>
        _reminders.TryGetValue(KeyOf(reminder.Entry), out var current) && ReferenceEquals(current, reminder);

    private static (GrainId Grain, string Name) KeyOf(ReminderEntry entry) => (entry.GrainId, entry.ReminderName);
}
