using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Embedded;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Reminders of the silo.</summary>
public static class SiloBuilderReminderExtensions
{
    /// <summary>Adds the service; the table is chosen by one of the methods that keep reminders somewhere.</summary>
    public static ISiloBuilder AddReminders(this ISiloBuilder builder)
    {
        builder.Services.AddReminders();
        return builder;
    }

    public static void AddReminders(this IServiceCollection services) => services.TryAddSingleton<ReminderService>();

    /// <summary>Keeps reminders as long as the host lives.</summary>
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder) => builder.UseReminderTable(new MemoryReminderTable());

    /// <summary>Keeps reminders in a file, across restarts and crashes. Only on the embedded runtime.</summary>
    /// <exception cref="InvalidDataException">The file is there and damaged.</exception>
    public static ISiloBuilder UseFileReminderService(this ISiloBuilder builder, string path) => builder.UseReminderTable(new FileReminderTable(path));

    /// <summary>Keeps reminders in a table of one's own. Only on the embedded runtime.</summary>
    public static ISiloBuilder UseReminderTable(this ISiloBuilder builder, IReminderTable table)
    {
        builder.Services.AddSingleton(table);
        return builder.AddReminders();
    }
}
