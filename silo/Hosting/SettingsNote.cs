using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Writes the settings of a start into the journal of the service, where they are others than those of the start before.</summary>
public sealed class SettingsNote(ServiceJournal journal, IConfiguration configuration) : IHostedLifecycleService
{
    private const string Beginning = "settings: ";

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var now = Beginning + string.Join(", ", Set().Order(StringComparer.Ordinal));
        if (!string.Equals(Redaction.Clean(now), await journal.LatestAsync(Beginning), StringComparison.Ordinal))
            await journal.NoteAsync(new AccountCommand("owner", "settings", now));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<string> Set() =>
        from section in TraderSettings.SectionNames
        from setting in configuration.GetSection(section).AsEnumerable()
        where setting.Value is not null
        select $"{setting.Key}={setting.Value}";
}
