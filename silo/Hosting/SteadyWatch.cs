using Microsoft.Extensions.Hosting;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Looks at something each second while the service runs.</summary>
public abstract class SteadyWatch(TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected TimeProvider Clock { get; } = clock;

    protected abstract ValueTask LookAsync();

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await LookAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends. The host would tell it as a failure where it is the start that was refused.
        }
    }
}
