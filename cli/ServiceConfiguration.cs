using Microsoft.Extensions.Configuration;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary>The settings of the service as it would find them here: of <c>trader.json</c> and the environment.</summary>
internal static class ServiceConfiguration
{
    /// <exception cref="SettingsException">The file cannot be read.</exception>
    public static ConfigurationManager Read()
    {
        var configuration = new ConfigurationManager();
        configuration.AddSettingsFile();
        configuration.AddEnvironmentVariables();
        return configuration;
    }
}
