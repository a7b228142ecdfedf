using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Silo;

/// <summary>The service without page and API.</summary>
public static class SiloProgram
{
    private const int CannotStart = 1;
    private const int WrongInput = 2;

    /// <summary>Trades until Ctrl+C; what the owner can get wrong ends in one sentence on stderr.</summary>
    /// <returns>0 after an orderly stop, 2 for a wrong setting, 1 when the start failed otherwise.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            StartArguments.Check(args);
            var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ContentRootPath = AppContext.BaseDirectory });
            builder.Configuration.AddSettingsFile();
            builder.Configuration.AddEnvironmentVariables();
            builder.Configuration.AddCommandLine(args);
            builder.AddTrader();
            using var host = builder.Build();
            await host.StartAsync();
            Console.WriteLine("The silo trades; Ctrl+C stops it.");
            await host.WaitForShutdownAsync();
            if (host.Services.GetService<StoreWatch>()?.Problem is not { } taken) return 0;
            await Console.Error.WriteLineAsync($"error: {taken}");
            return WrongInput;
        }
        catch (OperatorException error)
        {
            foreach (var line in error.Message.Split(Environment.NewLine)) await Console.Error.WriteLineAsync(Redaction.Clean($"error: {line}"));
            return WrongInput;
        }
        catch (Exception error)
        {
            await Console.Error.WriteLineAsync(Redaction.Clean($"error: The silo could not start: {error.Message.TrimEnd('.')}; its logs say more."));
            return CannotStart;
        }
    }
}
