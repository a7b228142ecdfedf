using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Starts and stops the silo with its host.</summary>
internal sealed class SiloHostedService(Silo silo, IServiceProvider services) : IHostedService
{
    private readonly ReminderService? _reminders = services.GetService<ReminderService>();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        silo.Start();
        if (_reminders is not null) await _reminders.StartAsync(cancellationToken);
        foreach (var task in services.GetServices<IStartupTask>()) await task.Execute(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _reminders?.Stop();
        await silo.StopAsync(cancellationToken);
    }
}
