using Microsoft.Extensions.Hosting;
using OrleansTrader.Adapters.Postgres;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Stops the service when another one has taken its account: two that trade one account must not be.</summary>
public sealed class StoreWatch(PostgresJournal journal, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>Why it was stopped; null while it was not.</summary>
    public string? Problem { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            Problem = await journal.Taken.WaitAsync(stoppingToken);
            lifetime.StopApplication();
        }
        catch (OperationCanceledException)
        {
            // Stopped for another reason.
        }
    }
}
